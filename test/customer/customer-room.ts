import {
  CustomerAttributes,
  type CustomerDraft,
  CustomerGroups,
  type CustomerState,
  Customers,
  Newsletter,
  Passwords,
  Regions,
  ResetTokens,
  Sessions,
} from '../../modules/customer/index.ts';
import customer from '../../modules/customer/module.ts';
import { type CountedStatements, countStatements, migrate } from '../../modules/framework/database/index.ts';
import {
  createTestHost,
  type Database,
  type ModuleManifest,
  type TestHost,
  type Transaction,
} from '../../modules/framework/index.ts';
import store from '../../modules/store/module.ts';
import type { OpenedDatabase, TestEngine } from '../setup/databases.ts';

/** Everything of the customer room on a fresh store of its own. */
export interface CustomerRoom {
  readonly opened: OpenedDatabase;
  readonly database: OpenedDatabase['database'];
  readonly host: TestHost;
  readonly customers: Customers;
  readonly attributes: CustomerAttributes;
  readonly groups: CustomerGroups;
  readonly newsletter: Newsletter;
  readonly passwords: Passwords;
  readonly regions: Regions;
  readonly resetTokens: ResetTokens;
  readonly sessions: Sessions;
  readonly statements: CountedStatements;
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Creates a customer with defaults for what is not said. */
  create(draft?: Partial<CustomerDraft>, at?: Date): Promise<CustomerState>;
  /** Reads a customer anew. */
  read(id: number): Promise<CustomerState>;
  close(): Promise<void>;
}

export interface RoomOptions {
  readonly config?: Readonly<Record<string, string | number | boolean>>;
  readonly modules?: readonly ModuleManifest[];
  readonly tablePrefix?: string;
  /** Runs on the migrated store, before the host boots. */
  readonly prepare?: (database: Database) => Promise<void>;
}

/** A moment that no test runs at, so that a clock read by mistake shows. */
export const noon = new Date('2024-05-06T12:00:00.789Z');
export const noonText = '2024-05-06 12:00:00';

let customersMade = 0;

export async function openRoom(engine: TestEngine, options: RoomOptions = {}): Promise<CustomerRoom> {
  const { tablePrefix = '', config = {}, modules = [] } = options;
  const opened = await engine.open({ tablePrefix, migrated: true });
  const { database } = opened;
  if (options.prepare !== undefined) {
    await migrate(database, [{ name: 'store', migrations: new URL('../../migrations/', import.meta.url) }]);
    await options.prepare(database);
  }
  const host = await createTestHost({
    modules: [store, customer, ...modules],
    database,
    config,
    environment: { tablePrefix },
  });
  const customers = host.resolve(Customers);
  const read = async (id: number): Promise<CustomerState> => {
    const found = await customers.byId(database, id);
    if (found === undefined) throw new Error(`customer ${id} is not there`);
    return found;
  };
  const room: CustomerRoom = {
    opened,
    database,
    host,
    customers,
    attributes: host.resolve(CustomerAttributes),
    groups: host.resolve(CustomerGroups),
    newsletter: host.resolve(Newsletter),
    passwords: host.resolve(Passwords),
    regions: host.resolve(Regions),
    resetTokens: host.resolve(ResetTokens),
    sessions: host.resolve(Sessions),
    statements: countStatements(database),
    transaction: (work) => database.transaction(work),
    create: (draft, at = noon) =>
      database.transaction((tx) =>
        customers.createState(
          tx,
          {
            websiteId: 1,
            ...draft,
            attributes: {
              email: `customer${++customersMade}@example.com`,
              firstname: 'Ada',
              lastname: 'Lovelace',
              ...draft?.attributes,
            },
          },
          at,
        ),
      ),
    read,
    close: async () => {
      await host.close();
      await opened.dispose();
    },
  };
  await customers.selection(database);
  await room.regions.byId('US', 0);
  return room;
}
