import { Connections } from '../../../modules/connection/index.ts';
import { join, raw, sql } from '../../../modules/framework/index.ts';
import { GuardHolds } from '../../../modules/provisioning/guard/holds.ts';
import { GuardJobs } from '../../../modules/provisioning/guard/job/guard-jobs.ts';
import type { OpenOptions, TestEngine } from '../../setup/databases.ts';
import type { ScimAnswer } from '../client.ts';
import { type GroupClient, groupClient } from '../group/group-client.ts';
import { type HostOptions, openHost, type ScimHost } from '../host.ts';

/** A connection with users who have been there for hours. */
export interface Company {
  readonly host: ScimHost;
  readonly groups: GroupClient;
  readonly holds: GuardHolds;
  readonly jobs: GuardJobs;
  readonly users: readonly string[];
  /** `active: false` by PATCH. */
  deactivate(id: string): Promise<ScimAnswer>;
  /** The same for several, one after the other; answers the statuses. */
  deactivateAll(ids: readonly string[]): Promise<number[]>;
  /** How many of the users can log in. */
  active(): Promise<number>;
  /** A user who has been there for hours like the others. */
  join(userName: string, more?: Readonly<Record<string, unknown>>): Promise<string>;
  /** The number of the open hold. */
  openHold(): Promise<number>;
  policy(changes: Parameters<Connections['change']>[2]['policy']): Promise<void>;
  close(): Promise<void>;
}

export const inactive = { op: 'replace', path: 'active', value: false } as const;
export const refs = (ids: readonly string[]) => ids.map((value) => ({ value }));

export async function openCompany(
  engine: TestEngine,
  size: number,
  options: OpenOptions & HostOptions = {},
): Promise<Company> {
  return settle(await openHost(engine, options), size);
}

/**
 * One host for many companies, one after the other: whoever comes finds nothing of those before. The first of a size comes by
 * SCIM; what that wrote is put back for the others.
 */
export function companyHouse(engine: TestEngine, options: OpenOptions & HostOptions = {}) {
  let host: ScimHost | undefined;
  const moulds = new Map<number, Mould>();
  return {
    async open(size: number): Promise<Company> {
      if (host) await moveOut(host);
      host ??= await openHost(engine, options);
      const mould = moulds.get(size);
      if (mould) return cast(host, mould);
      const company = await settle(host, size);
      moulds.set(size, await mouldOf(company));
      return company;
    },
    close: async () => host?.close(),
  };
}

const left = [
  ...['guard_held_customer', 'guard_held', 'guard_denial', 'guard_event', 'guard_group', 'guard_hold'],
  ...['group_job', 'group_member', 'group_nesting', 'group_closure', 'customer_group_assignment', 'customer_group'],
  ...['group', 'user_email', 'user_document', 'user', 'match_request', 'activity_pending'],
].map((name) => `vestibule_${name}`);

/** Empties the store of customers and of all that came with them, and lets an hour of remembered things pass. */
async function moveOut(host: ScimHost): Promise<void> {
  await host.records();
  await host.database.transaction(async (tx) => {
    for (const table of [...left, 'customer_grid_flat', 'newsletter_subscriber', 'customer_entity'])
      await tx.run(raw(`DELETE FROM {${table}}`));
    await tx.run(sql`DELETE FROM {customer_group} WHERE customer_group_id > 3`);
    await tx.run(
      sql`UPDATE {vestibule_connection} SET policies = NULL, scim_enabled = 1, new_customers = 1, may_create = 1, may_update = 1, may_delete = 1, may_deactivate = 1, is_active = 1`,
    );
  });
  await host.database.run(sql`DELETE FROM {vestibule_connection} WHERE connection_id > 1`);
  host.advance(3 * 3600);
}

/** The rows that the users of a company are. */
interface Mould {
  readonly users: readonly string[];
  readonly tables: readonly { readonly name: string; readonly rows: readonly Record<string, unknown>[] }[];
}

/** In the order in which they can be written. */
const moulded = [
  ...['customer_entity', 'customer_grid_flat'],
  ...['user', 'user_document', 'user_email'].map((name) => `vestibule_${name}`),
];

async function mouldOf({ host, users }: Company): Promise<Mould> {
  const tables: Mould['tables'][number][] = [];
  for (const name of moulded) tables.push({ name, rows: await host.rows(raw(`SELECT * FROM {${name}}`)) });
  return { users, tables };
}

async function cast(host: ScimHost, { users, tables }: Mould): Promise<Company> {
  await host.database.transaction(async (tx) => {
    for (const { name, rows } of tables) {
      const columns = Object.keys(rows[0] ?? {});
      const tuples = rows.map((row) => sql`(${join(columns.map((column) => row[column]))})`);
      if (tuples.length > 0)
        await tx.run(sql`INSERT INTO ${raw(`{${name}} (${columns.join(', ')})`)} VALUES ${join(tuples)}`);
    }
  });
  return companyOf(host, users);
}

async function settle(host: ScimHost, size: number): Promise<Company> {
  const users: string[] = [];
  // Ten at once: more would wait for the pool's connections, and on a busy machine too long.
  while (users.length < size) {
    const numbers = Array.from({ length: Math.min(10, size - users.length) }, (_, i) => users.length + i);
    const made = numbers.map((i) =>
      host.scim.create({
        userName: `u${i}@example.com`,
        externalId: `x${i}`,
        name: { givenName: 'Uma', familyName: `Nr ${i}` },
      }),
    );
    users.push(...(await Promise.all(made)));
  }
  host.advance(2 * 3600);
  return companyOf(host, users);
}

function companyOf(host: ScimHost, users: readonly string[]): Company {
  const deactivate = (id: string) => host.scim.patch(id, inactive);
  return {
    host,
    groups: groupClient(host.scim),
    holds: host.host.resolve(GuardHolds),
    jobs: host.host.resolve(GuardJobs),
    users,
    deactivate,
    async deactivateAll(ids) {
      const statuses: number[] = [];
      for (const id of ids) statuses.push((await deactivate(id)).status);
      return statuses;
    },
    async active() {
      const { n } = await host.row<{ n: number }>(
        sql`SELECT COUNT(*) AS n FROM {vestibule_user} u JOIN {customer_entity} c ON c.entity_id = u.customer_id WHERE u.is_deleted = 0 AND c.is_active = 1`,
      );
      return n;
    },
    async join(userName, more = {}) {
      const id = await host.scim.create({ userName, ...more });
      await host.database.run(
        sql`UPDATE {customer_entity} SET created_at = '2024-01-01 00:00:00' WHERE entity_id = ${Number(id)}`,
      );
      return id;
    },
    async openHold() {
      const { hold_id } = await host.row<{ hold_id: number }>(
        sql`SELECT hold_id FROM {vestibule_guard_hold} WHERE status = 'open'`,
      );
      return hold_id;
    },
    async policy(changes) {
      await host.database.transaction(async (tx) => {
        const [first] = await host.host.resolve(Connections).list(tx);
        await host.host.resolve(Connections).change(tx, first?.code ?? '', { policy: changes ?? {} });
      });
      // Connections are remembered for five seconds.
      host.advance(6);
    },
    close: () => host.close(),
  };
}
