import { Activities } from '../../../modules/activity/index.ts';
import {
  type ConnectionMapping,
  type MappingDocument,
  MappingVersions,
  UserMapping,
} from '../../../modules/attribute-mapping/index.ts';
import attributeMapping from '../../../modules/attribute-mapping/module.ts';
import { type Connection, Connections, type Profile } from '../../../modules/connection/index.ts';
import { CustomerAttributes } from '../../../modules/customer/index.ts';
import { createTestHost, type TestHost, type Transaction } from '../../../modules/framework/index.ts';
import type { OpenedDatabase, TestEngine } from '../../setup/databases.ts';

/** A moment that no test runs at. */
export const noon = new Date('2024-05-06T12:00:00.000Z');

/** The room of mappings on a fresh store, with the connection `acme`. */
export interface MappingRoom {
  readonly opened: OpenedDatabase;
  readonly database: OpenedDatabase['database'];
  readonly host: TestHost;
  readonly versions: MappingVersions;
  readonly mapping: UserMapping;
  readonly attributes: CustomerAttributes;
  readonly activities: Activities;
  readonly acme: Connection;
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  connect(code: string, profile?: Profile): Promise<Connection>;
  /** What is in effect in this process, after a request looked. */
  now(connection?: Connection): Promise<ConnectionMapping>;
  /** Opens the pool's connections, so that work begun at once really runs at once. */
  warm(): Promise<void>;
  close(): Promise<void>;
}

export async function openMappingRoom(engine: TestEngine, given?: OpenedDatabase): Promise<MappingRoom> {
  const opened = given ?? (await engine.open({ migrated: true }));
  const { database } = opened;
  const host = await createTestHost({ modules: [attributeMapping], database });
  const connections = host.resolve(Connections);
  const mapping = host.resolve(UserMapping);
  const connect = (code: string, profile: Profile = 'generic') =>
    database.transaction((tx) => connections.create(tx, { code, name: code, websiteId: 1, profile }, noon));
  const acme = given ? await connections.byCode(database, 'acme') : await connect('acme');
  await host.resolve(CustomerAttributes).all(database);
  return {
    opened,
    database,
    host,
    acme,
    connect,
    mapping,
    versions: host.resolve(MappingVersions),
    attributes: host.resolve(CustomerAttributes),
    activities: host.resolve(Activities),
    transaction: (work) => database.transaction(work),
    async now(connection = acme) {
      await mapping.ready(database, connection);
      return mapping.of(connection);
    },
    async warm() {
      await Promise.all(Array.from({ length: 8 }, () => database.transaction(async () => undefined)));
    },
    async close() {
      await host.close();
      if (!given) await opened.dispose();
    },
  };
}

/** A document that maps the e-mail, and a text to the last name, which tells documents apart. */
export const documentSaying = (text: string, ...more: MappingDocument['rows']): MappingDocument => ({
  version: 1,
  rows: [
    { id: 'email', type: 'direct', source: 'emails[main].value', target: 'email' },
    { id: 'lastname', type: 'constant', value: text, target: 'lastname' },
    ...more,
  ],
});

/** The text of `documentSaying`, as a user comes to be mapped by it. */
export const saidBy = (mapping: ConnectionMapping, connection: Connection): unknown =>
  mapping.map({ userName: 'jo', name: { familyName: 'Preset' } }, connection).attributes.lastname;
