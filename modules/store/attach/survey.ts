import {
  attachedModules,
  createCatalogue,
  type Database,
  type Encryptor,
  type Finding,
  sql,
} from '../../framework/index.ts';
import { magentoFindings } from './checkup.ts';
import { magentoTables } from './magento.ts';

/** What a Magento database is like, and whether this host can work on it. */
export interface Survey {
  readonly magento: boolean;
  readonly findings: readonly Finding[];
  /** What is worth knowing, by name; empty where the findings are in the way. */
  readonly facts: Readonly<Record<string, string>>;
}

const one = async (database: Database, query: ReturnType<typeof sql>): Promise<string | undefined> =>
  (await database.first<{ value: string | null }>(query))?.value ?? undefined;

async function factsOf(database: Database): Promise<Readonly<Record<string, string>>> {
  const [table] = await createCatalogue(database).facts(['customer_entity']);
  const charset = table?.columns.find(({ name }) => name === 'email')?.charset ?? '';
  const sharing = await one(
    database,
    sql`SELECT value FROM {core_config_data} WHERE path = ${'customer/account_share/scope'} AND scope = ${'default'}`,
  );
  const mode = await one(
    database,
    sql`SELECT mode AS value FROM {mview_state} WHERE view_id = ${'customer_grid_flat'}`,
  );
  const own = await one(
    database,
    sql`SELECT COUNT(*) AS value FROM {eav_attribute} a JOIN {eav_entity_type} t ON t.entity_type_id = a.entity_type_id
      WHERE t.entity_type_code = ${'customer'} AND a.is_user_defined = 1`,
  );
  const everybody = await one(database, sql`SELECT COUNT(*) AS value FROM {admin_user} WHERE is_active = 1`);
  return {
    texts: charset === 'utf8mb4' ? charset : `${charset} (names with characters such as emoji are refused)`,
    'customer accounts': sharing === '0' ? 'shared by all websites' : 'each website’s own',
    'customer grid':
      mode === 'enabled' ? 'on schedule (Magento follows by its triggers)' : 'update on save (rows are written here)',
    'attributes of the store’s own': String(own),
    'active administrators': String(everybody),
  };
}

/** Looks; changes nothing. */
export async function surveyMagento(database: Database, encryptor: Encryptor): Promise<Survey> {
  const untouched = !(await createCatalogue(database).tables()).includes('vestibule_migration');
  const attached = (await attachedModules(database))?.includes('store') === true;
  if (!attached && !(await magentoTables.present(database, untouched)))
    return { magento: false, findings: [], facts: {} };
  const findings = await magentoFindings(database, encryptor);
  const inTheWay = findings.some(({ title }) => title.includes('tables'));
  return { magento: true, findings, facts: inTheWay ? {} : await factsOf(database) };
}
