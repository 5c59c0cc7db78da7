import { DuplicateKeyError, type Executor, join, raw, type Sql, sql } from '../../../framework/index.ts';
import type { EarlierWork, KeyedRow } from './earlier-work.ts';
import { computed, type PlannedWrite } from './planned-write.ts';

interface Keyed {
  readonly primary: string;
  /** Unique keys, in the order in which the database looks at them. */
  readonly unique: readonly (readonly string[])[];
}

/** The tables whose unique keys decide about a user, by the names of their migrations. */
const keyed: Readonly<Record<string, Keyed>> = {
  customer_entity: { primary: 'entity_id', unique: [['email', 'website_id']] },
  vestibule_user: {
    primary: 'customer_id',
    unique: [
      ['connection_id', 'user_name_key'],
      ['connection_id', 'external_id'],
    ],
  },
};

/** What has happened by the time of a write, apart from what the database holds. */
export interface Before {
  /** The writes of the same plan. */
  readonly plan: readonly PlannedWrite[];
  readonly earlier?: EarlierWork | undefined;
}

const name = (text: string): Sql => raw(text);

/**
 * Asks of a write that is not made what the database would have said: whether another row has the same unique key. Rows
 * that an earlier write takes the key from, or removes, are not in the way.
 *
 * @throws DuplicateKeyError
 */
export async function requireFreeKeys(db: Executor, write: PlannedWrite, before: Before): Promise<void> {
  const keys = keyed[write.table];
  if (!keys || write.verb === 'delete') return;
  for (const row of await rowsAfter(db, write, keys)) {
    if (write.verb === 'insert' && row[keys.primary] !== undefined)
      await requireFree(db, write.table, keys, [keys.primary], row, before);
    for (const columns of keys.unique) await requireFree(db, write.table, keys, columns, row, before);
  }
}

/** What the rows of a write hold in their keys once it is made. */
async function rowsAfter(
  db: Executor,
  { verb, table, rows, where }: PlannedWrite,
  keys: Keyed,
): Promise<readonly KeyedRow[]> {
  if (verb === 'insert') return rows;
  const [change] = rows;
  const columns = [...new Set(keys.unique.flat())];
  if (!change || !where || !columns.some((column) => column in change)) return [];
  const present = await db.all<KeyedRow>({
    sql: `SELECT ${[keys.primary, ...columns].join(', ')} FROM {${table}} WHERE ${where.sql}`,
    values: where.values,
  });
  return present.map((row) => ({ ...row, ...change }));
}

async function requireFree(
  db: Executor,
  table: string,
  { primary }: Keyed,
  columns: readonly string[],
  row: KeyedRow,
  { plan, earlier }: Before,
): Promise<void> {
  // NULL is equal to nothing, and what only the database computes can't be asked for.
  if (columns.some((column) => row[column] === null || row[column] === undefined || row[column] === computed)) return;
  const same = columns.map((column) => sql`${name(column)} = ${row[column]}`);
  const others = await db.all<KeyedRow>(
    sql`SELECT ${name(primary)} FROM ${name(`{${table}}`)} WHERE ${join(same, ' AND ')} LIMIT 2`,
  );
  for (const other of others) {
    const id = Number(other[primary]);
    const itself = columns[0] !== primary && other[primary] === row[primary];
    if (itself || earlier?.letsGo(table, columns, id)) continue;
    if (!(await givesWay(db, table, primary, id, columns, plan))) throw new DuplicateKeyError(table, columns);
  }
  await earlier?.requireFree(table, columns, row);
}

/** True where the plan has taken the key from a row, or the row from its table, before. */
async function givesWay(
  db: Executor,
  table: string,
  primary: string,
  id: number,
  columns: readonly string[],
  earlier: readonly PlannedWrite[],
): Promise<boolean> {
  for (const { verb, table: of, rows, where } of earlier) {
    if (of !== table || !where) continue;
    const frees = verb === 'delete' || (verb === 'update' && columns.some((column) => column in (rows[0] ?? {})));
    if (!frees) continue;
    const hit = await db.first({
      sql: `SELECT 1 AS one FROM {${table}} WHERE (${where.sql}) AND ${primary} = ?`,
      values: [...where.values, id],
    });
    if (hit) return true;
  }
  return false;
}
