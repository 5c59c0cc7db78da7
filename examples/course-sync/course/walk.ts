import { type Clock, type Database, type Executor, idList, sql, type Transaction } from 'vestibule/framework';
import type { GroupMemberships } from 'vestibule/provisioning';
import { enqueue } from '../queue/queue.ts';
import type { Mapping, Mappings } from './mapping.ts';
import { holdMapping } from './mapping-rows.ts';

/** Customers at a time. */
const batch = 500;
/** Everybody whom groups concern is looked at so often, whatever was told meanwhile; milliseconds. */
const groupsAgainAfter = 86_400_000;

interface WalkRoom {
  readonly database: Database;
  readonly mappings: Mappings;
  readonly memberships: GroupMemberships;
  readonly clock: Clock;
}

/**
 * Goes through everybody whom a mapping concerns that is new, was changed or is going, and puts them into the queue; where
 * it has come to stands in the mapping's row, so that it goes on in whichever process. Answers how many customers.
 */
export async function walkMappings(room: WalkRoom, stopped: () => boolean): Promise<number> {
  await beginDaily(room);
  for (let all = 0; ; ) {
    if (stopped()) return all;
    const next = await room.database.transaction((tx) => oneStep(room, tx));
    if (next === undefined) return all;
    all += next;
  }
}

async function oneStep(room: WalkRoom, tx: Transaction): Promise<number | undefined> {
  const row = await tx.first<{ id: number; walked: number }>(
    sql`SELECT mapping_id AS id, walked FROM {vestibule_course_mapping} WHERE walked IS NOT NULL ORDER BY mapping_id LIMIT 1 ${tx.dialect.forUpdateUnlessHeld}`,
  );
  const mapping = row && (await holdMapping(tx, row.id));
  if (!mapping) return undefined;
  const nowMs = room.clock.now().getTime();
  const ids = await concerned(room, tx, mapping, row.walked);
  const last = ids.at(-1);
  if (last === undefined) {
    await tx.run(
      mapping.parting === null
        ? sql`UPDATE {vestibule_course_mapping} SET walked = NULL WHERE mapping_id = ${mapping.id}`
        : sql`DELETE FROM {vestibule_course_mapping} WHERE mapping_id = ${mapping.id}`,
    );
    return 0;
  }
  await followMapping(tx, mapping, ids, nowMs);
  await enqueue(tx, ids, nowMs);
  await tx.run(sql`UPDATE {vestibule_course_mapping} SET walked = ${last} WHERE mapping_id = ${mapping.id}`);
  return ids.length;
}

/** The next customers, by id, who have the course by this mapping or shall have it. */
async function concerned(room: WalkRoom, tx: Executor, mapping: Mapping, after: number): Promise<readonly number[]> {
  const having = await tx.all<{ id: number }>(
    sql`SELECT DISTINCT customer_id AS id FROM {vestibule_course_reason} WHERE mapping_id = ${mapping.id} AND customer_id > ${after} ORDER BY customer_id LIMIT ${batch}`,
  );
  const ids = new Set([...having.map(({ id }) => id), ...(await members(room, tx, mapping, after))]);
  // Both lists hold the smallest ids of their kind, so the smallest of both are the next ones.
  return [...ids].sort((a, b) => a - b).slice(0, batch);
}

async function members(room: WalkRoom, tx: Executor, mapping: Mapping, after: number): Promise<readonly number[]> {
  if (mapping.parting !== null || mapping.kind === 'product') return [];
  if (mapping.kind === 'customer-group') {
    const rows = await tx.all<{ id: number }>(
      sql`SELECT entity_id AS id FROM {customer_entity} WHERE group_id = ${mapping.customerGroupId} AND entity_id > ${after} ORDER BY entity_id LIMIT ${batch}`,
    );
    return rows.map(({ id }) => id);
  }
  const named = await room.memberships.named(tx, mapping.subject);
  const groups = named.filter((group) => mapping.connectionId === null || group.connectionId === mapping.connectionId);
  return room.memberships.customers(
    tx,
    groups.map(({ groupId }) => groupId),
    after,
    batch,
  );
}

/**
 * What these customers have by the mapping becomes what the mapping says now. What is to be taken back is left to the queue,
 * which finds that nothing grants it any more.
 */
async function followMapping(tx: Transaction, mapping: Mapping, ids: readonly number[], nowMs: number): Promise<void> {
  const { id, parting, course } = mapping;
  if (parting === 'take-back') return;
  const change = parting === 'keep' ? sql`kept_ms = ${nowMs}` : sql`course = ${course}`;
  await tx.run(
    sql`UPDATE {vestibule_course_reason} SET ${change} WHERE mapping_id = ${id} AND customer_id IN (${idList(ids)}) AND kept_ms IS NULL`,
  );
}

const daily = 'groups';

/** Once a day, by whichever process comes first: what nobody told of is found all the same. */
async function beginDaily({ database, mappings, clock }: WalkRoom): Promise<void> {
  const nowMs = clock.now().getTime();
  const row = await database.first<{ at: number }>(
    sql`SELECT entity_id AS at FROM {vestibule_course_position} WHERE name = ${daily}`,
  );
  if (row && nowMs - row.at < groupsAgainAfter) return;
  await database.transaction(async (tx) => {
    const { affectedRows } = row
      ? await tx.run(
          sql`UPDATE {vestibule_course_position} SET entity_id = ${nowMs} WHERE name = ${daily} AND entity_id = ${row.at}`,
        )
      : await tx.run(
          sql`${tx.dialect.insertIgnoreInto} {vestibule_course_position} (name, updated_at, entity_id) VALUES (${daily}, '', ${nowMs})`,
        );
    if (affectedRows === 1 && row) await mappings.walkAgain(tx, ['customer-group', 'scim-group']);
  });
}
