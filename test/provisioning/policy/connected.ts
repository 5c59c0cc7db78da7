import {
  type Connection,
  type ConnectionChanges,
  type ConnectionPolicy,
  Connections,
} from '../../../modules/connection/index.ts';
import { sql } from '../../../modules/framework/index.ts';
import type { ScimClient } from '../client.ts';
import type { ScimHost } from '../host.ts';

/** A connection of its own for one test, whose policies are set as an administrator sets them. */
export interface Connected {
  readonly code: string;
  readonly scim: ScimClient;
  set(policy: Partial<ConnectionPolicy>, more?: ConnectionChanges): Promise<void>;
  connection(): Promise<Connection>;
  /** How many customers there are. */
  customers(): Promise<number>;
  person(name: string, more?: Readonly<Record<string, unknown>>): Record<string, unknown>;
}

let made = 0;

export async function connected(host: ScimHost): Promise<Connected> {
  const code = `p${++made}`;
  const connections = host.host.resolve(Connections);
  return {
    code,
    scim: await host.connect(code),
    async set(policy, more = {}) {
      await host.database.transaction((tx) => connections.change(tx, code, { ...more, policy }));
      // Running servers remember a connection for five seconds.
      host.advance(5);
    },
    connection: () => connections.byCode(host.database, code),
    customers: async () => Number((await host.row<{ n: number }>(sql`SELECT COUNT(*) AS n FROM {customer_entity}`)).n),
    person: (name, more = {}) => ({
      userName: `${name}.${code}@example.com`,
      externalId: `${name}-${code}`,
      name: { givenName: 'Ada', familyName: 'Lovelace' },
      emails: [{ value: `${name}.${code}@example.com`, type: 'work', primary: true }],
      ...more,
    }),
  };
}
