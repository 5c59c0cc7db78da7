import { type MappingDocument, type MappingRow, MappingVersions } from '../../../modules/attribute-mapping/index.ts';
import { type ConnectionPolicy, Connections } from '../../../modules/connection/index.ts';
import type { OpenOptions, TestEngine } from '../../setup/databases.ts';
import type { ScimClient } from '../client.ts';
import { type HostOptions, openHost, type ScimHost } from '../host.ts';

/** What every mapping of these tests has. */
const person: readonly MappingRow[] = [
  { id: 'email', type: 'direct', source: 'emails[main].value', target: 'email' },
  { id: 'first-name', type: 'direct', source: 'name.givenName', target: 'firstname' },
  { id: 'last-name', type: 'direct', source: 'name.familyName', target: 'lastname' },
  { id: 'active', type: 'direct', source: 'active', target: 'is_active' },
];

/** A host, and for each test a connection of its own with the mapping that it is about. */
export interface MappedHost extends ScimHost {
  /** A connection whose mapping has these rows besides names, e-mail and `active`. */
  mapped(rows: readonly MappingRow[], policy?: Partial<ConnectionPolicy>): Promise<MappedClient>;
}

export interface MappedClient extends ScimClient {
  readonly code: string;
  /** Publishes other rows in the place of those that it was made with, and of those that every mapping of these tests has. */
  publish(rows: readonly MappingRow[], common?: readonly MappingRow[]): Promise<void>;
  set(policy: Partial<ConnectionPolicy>): Promise<void>;
  /** A user nobody else has: `user` is put over it. */
  user(user?: Readonly<Record<string, unknown>>): Record<string, unknown>;
}

export async function openMappedHost(engine: TestEngine, options: OpenOptions & HostOptions = {}): Promise<MappedHost> {
  const host = await openHost(engine, {
    ...options,
    // A busy machine decides nothing here.
    config: { 'attribute_mapping/expression/deadline': 10_000, ...options.config },
  });
  let made = 0;
  return {
    ...host,
    async mapped(rows, policy = {}) {
      const code = `m${++made}`;
      const client = await host.connect(code);
      const connections = host.host.resolve(Connections);
      let users = 0;
      const publish: MappedClient['publish'] = async (others, common = person) => {
        const document: MappingDocument = { version: 1, rows: [...common, ...others] };
        const connection = await connections.byCode(host.database, code);
        await host.database.transaction((tx) =>
          host.host.resolve(MappingVersions).publish(tx, connection, document, { author: 'a test' }, host.now()),
        );
      };
      const set: MappedClient['set'] = async (changes) => {
        await host.database.transaction((tx) => connections.change(tx, code, { policy: changes }));
        host.advance(5);
      };
      await publish(rows);
      await set(policy);
      return {
        ...client,
        code,
        publish,
        set,
        user: (user = {}) => {
          const name = `${code}-${++users}`;
          return {
            userName: name,
            externalId: name,
            name: { givenName: 'Ada', familyName: 'Lovelace' },
            emails: [{ value: `${name}@example.com`, type: 'work', primary: true }],
            ...user,
          };
        },
      };
    },
  };
}
