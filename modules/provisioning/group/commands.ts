import { type Connection, Connections } from '../../connection/index.ts';
import { type CustomerGroup, CustomerGroups } from '../../customer/index.ts';
import { Clock, type Command, CommandError, command, Database, sql, type Transaction } from '../../framework/index.ts';
import { fold } from '../../scim/index.ts';
import { parseGroupId, printGroupId } from './group-id.ts';
import { GroupJobs } from './jobs.ts';
import { settleLater } from './settle.ts';

interface ListedGroup {
  readonly id: string;
  readonly displayName: string;
  readonly members: number;
  readonly priority: number;
  readonly customerGroupId: number | null;
  /** Null where the group maps to none, or to one that the store has deleted. */
  readonly customerGroup: string | null;
}

const connection = { type: 'string', describe: 'Code of the connection', required: true } as const;
const group = { type: 'string', describe: 'Id or displayName of the group', required: true } as const;

const line = (g: ListedGroup): string =>
  `${g.id.padEnd(8)} ${String(g.members).padStart(8)} members  priority ${String(g.priority).padEnd(6)} ${(g.customerGroup ?? '-').padEnd(32)} ${g.displayName}`;

const list = command('group:list', {
  describe: 'List the groups of a connection, and the customer groups they map to',
  options: { connection },
  inject: { database: Database, connections: Connections },
  async run(options, { database, connections }): Promise<ListedGroup[]> {
    const { id } = await connections.byCode(database, options.connection);
    const rows = await database.all<{
      group_id: number;
      display_name: string;
      member_count: number;
      priority: number;
      customer_group_id: number | null;
      customer_group_code: string | null;
    }>(
      sql`SELECT g.group_id, g.display_name, g.member_count, g.priority, g.customer_group_id, k.customer_group_code FROM {vestibule_group} g LEFT JOIN {customer_group} k ON k.customer_group_id = g.customer_group_id WHERE g.connection_id = ${id} ORDER BY g.priority, g.group_id`,
    );
    return rows.map((row) => ({
      id: printGroupId(row.group_id),
      displayName: row.display_name,
      members: row.member_count,
      priority: row.priority,
      customerGroupId: row.customer_group_id,
      customerGroup: row.customer_group_code,
    }));
  },
  print: (all) => (all.length === 0 ? 'This connection has no groups.' : all.map(line).join('\n')),
});

/** A group of a connection by its id or name; its row is held. */
async function groupOf(tx: Transaction, { id, code }: Connection, text: string): Promise<{ group_id: number }> {
  const byName = await tx.first<{ group_id: number }>(
    sql`SELECT group_id FROM {vestibule_group} WHERE connection_id = ${id} AND display_key = ${fold(text)} ${tx.dialect.forUpdate}`,
  );
  if (byName) return byName;
  const byId = await tx.first<{ group_id: number }>(
    sql`SELECT group_id FROM {vestibule_group} WHERE connection_id = ${id} AND group_id = ${parseGroupId(text) ?? 0} ${tx.dialect.forUpdate}`,
  );
  if (byId) return byId;
  throw new CommandError(
    `The connection "${code}" has no group "${text}"; group:list --connection ${code} shows those it has.`,
  );
}

async function customerGroupOf(tx: Transaction, groups: CustomerGroups, text: string): Promise<CustomerGroup> {
  const found =
    (await groups.byCode(tx, text)) ?? (/^\d{1,9}$/.test(text) ? await groups.byId(tx, Number(text)) : undefined);
  if (found && found.id !== 0 && found.id !== 32_000) return found;
  throw new CommandError(
    found
      ? `The customer group "${text}" is not for customers; choose another one.`
      : `The store has no customer group with the code or id "${text}".`,
  );
}

const rooms = {
  database: Database,
  connections: Connections,
  customerGroups: CustomerGroups,
  jobs: GroupJobs,
  clock: Clock,
};

const map = command('group:map', {
  describe:
    'Map a group to a customer group: its members are moved there, unless a group of a lower number says otherwise',
  options: {
    connection,
    group,
    customerGroup: { type: 'string', describe: 'Code or id of the customer group', required: true },
    priority: {
      type: 'number',
      describe: 'Who is in several groups gets the customer group of the one with the lowest number (100 unless set)',
    },
  },
  inject: rooms,
  async run(options, { database, connections, customerGroups, jobs, clock }) {
    const from = await connections.byCode(database, options.connection);
    const done = await database.transaction(async (tx) => {
      const { group_id } = await groupOf(tx, from, options.group);
      const to = await customerGroupOf(tx, customerGroups, options.customerGroup);
      await tx.run(sql`UPDATE {vestibule_group} SET customer_group_id = ${to.id} WHERE group_id = ${group_id}`);
      if (options.priority !== undefined)
        await tx.run(sql`UPDATE {vestibule_group} SET priority = ${options.priority} WHERE group_id = ${group_id}`);
      settleLater(tx, [group_id], clock.now());
      return { group: printGroupId(group_id), customerGroup: to.code, customerGroupId: to.id };
    });
    await jobs.drain();
    return done;
  },
  print: (done) => `Group ${done.group} maps to the customer group "${done.customerGroup}" (${done.customerGroupId}).`,
});

const unmap = command('group:unmap', {
  describe: 'Let a group stand for no customer group any more: its members go where other groups say, or back',
  options: { connection, group },
  inject: rooms,
  async run(options, { database, connections, jobs, clock }) {
    const from = await connections.byCode(database, options.connection);
    const done = await database.transaction(async (tx) => {
      const { group_id } = await groupOf(tx, from, options.group);
      await tx.run(sql`UPDATE {vestibule_group} SET customer_group_id = NULL WHERE group_id = ${group_id}`);
      settleLater(tx, [group_id], clock.now());
      return { group: printGroupId(group_id) };
    });
    await jobs.drain();
    return done;
  },
  print: (done) => `Group ${done.group} maps to no customer group.`,
});

/** Commands about groups and the customer groups they map to. */
export const groupCommands: readonly Command[] = [list, map, unmap];
