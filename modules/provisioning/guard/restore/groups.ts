import { idList, sql, sqlTimestampMs, type Transaction } from '../../../framework/index.ts';
import { fold, type Resource } from '../../../scim/index.ts';
import { ascending } from '../../group/pieces.ts';

interface GoneGroup {
  group_id: number;
  document: string;
  customer_group_id: number | null;
  priority: number;
}

/**
 * The groups that a customer goes back to, held in order. One that was deleted comes back under its old id, unless another
 * one has got its name meanwhile: then that one takes its place.
 */
export async function groupsToReturnTo(
  tx: Transaction,
  connectionId: number,
  ids: readonly number[],
  now: Date,
): Promise<number[]> {
  if (ids.length === 0) return [];
  const living = await hold(tx, connectionId, ids);
  const missing = ids.filter((id) => !living.includes(id));
  if (missing.length === 0) return living;
  const gone = await tx.all<GoneGroup>(
    sql`SELECT group_id, document, customer_group_id, priority FROM {vestibule_guard_group} WHERE group_id IN (${idList(missing)}) AND connection_id = ${connectionId} ORDER BY group_id`,
  );
  const returned = new Set(living);
  for (const group of gone) returned.add(await bringBack(tx, connectionId, group, now));
  return [...returned].sort(ascending);
}

async function hold(tx: Transaction, connectionId: number, ids: readonly number[]): Promise<number[]> {
  const rows = await tx.all<{ group_id: number }>(
    sql`SELECT group_id FROM {vestibule_group} WHERE group_id IN (${idList(ids)}) AND connection_id = ${connectionId} ORDER BY group_id ${tx.dialect.forUpdate}`,
  );
  return rows.map(({ group_id }) => group_id);
}

async function bringBack(
  tx: Transaction,
  connectionId: number,
  { group_id, document, customer_group_id, priority }: GoneGroup,
  now: Date,
): Promise<number> {
  const { displayName, externalId } = JSON.parse(document) as Resource;
  const name = String(displayName);
  const key = fold(name);
  const external = typeof externalId === 'string' && externalId !== '' ? externalId : null;
  const other = await tx.first<{ group_id: number }>(
    sql`SELECT group_id FROM {vestibule_group} WHERE connection_id = ${connectionId} AND (display_key = ${key} OR external_id = ${external}) ORDER BY group_id LIMIT 1 ${tx.dialect.forUpdate}`,
  );
  if (other) return other.group_id;
  const at = sqlTimestampMs(now);
  await tx.run(
    sql`INSERT INTO {vestibule_group} (group_id, connection_id, display_name, display_key, external_id, document, customer_group_id, priority, created_at, modified_at) VALUES (${group_id}, ${connectionId}, ${name}, ${key}, ${external}, ${document}, ${customer_group_id}, ${priority}, ${at}, ${at})`,
  );
  tx.later(
    sql`${tx.dialect.insertIgnoreInto} {vestibule_group_closure} (ancestor_id, descendant_id) VALUES (${group_id}, ${group_id})`,
  );
  return group_id;
}

/** Makes a customer a member again. Answers the groups that it was not in. */
export async function joinAgain(
  tx: Transaction,
  customerId: number,
  groupIds: readonly number[],
  now: Date,
): Promise<number[]> {
  const joined: number[] = [];
  for (const groupId of groupIds) {
    const { affectedRows } = await tx.run(
      sql`${tx.dialect.insertIgnoreInto} {vestibule_group_member} (group_id, generation, customer_id) SELECT g.group_id, g.generation, ${customerId} FROM {vestibule_group} g WHERE g.group_id = ${groupId}`,
    );
    if (affectedRows > 0) joined.push(groupId);
  }
  if (joined.length > 0)
    tx.later(
      sql`UPDATE {vestibule_group} SET member_count = member_count + 1, version = version + 1, modified_at = ${sqlTimestampMs(now)} WHERE group_id IN (${idList(joined)})`,
    );
  return joined;
}
