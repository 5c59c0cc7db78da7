import { idList, sql, sqlTimestampMs, type Transaction } from '../../framework/index.ts';
import { connectionOf, type ProvisioningContext, type Room } from '../room.ts';
import { noteMoves } from './change.ts';
import { settleCustomers } from './settle.ts';
import { tellMemberships } from './tell-memberships.ts';

/** Holds the groups that a user is in, before the user itself is held: whoever changes members does it in that order. */
export async function holdGroupsOf(tx: Transaction, context: ProvisioningContext, customerId: number): Promise<void> {
  await tx.all(
    sql`SELECT g.group_id FROM {vestibule_group} g WHERE g.group_id IN (SELECT m.group_id FROM {vestibule_group_member} m WHERE m.customer_id = ${customerId}) AND g.connection_id = ${connectionOf(context).id} ORDER BY g.group_id ${tx.dialect.forUpdate}`,
  );
}

/** Takes a user that is held out of all groups: each of them is another version then. */
export async function leaveGroups(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  customerId: number,
): Promise<void> {
  const groups = await tx.all<{ group_id: number }>(
    sql`SELECT g.group_id FROM {vestibule_group_member} m JOIN {vestibule_group} g ON g.group_id = m.group_id AND g.generation = m.generation WHERE m.customer_id = ${customerId} ORDER BY g.group_id`,
  );
  if (groups.length > 0)
    tx.later(
      sql`UPDATE {vestibule_group} SET member_count = member_count - 1, version = version + 1, modified_at = ${sqlTimestampMs(context.now)} WHERE group_id IN (${idList(groups.map((row) => row.group_id))})`,
    );
  tx.later(sql`DELETE FROM {vestibule_group_member} WHERE customer_id = ${customerId}`);
  if (groups.length > 0) await tellMemberships(room.events, tx, [customerId]);
  noteMoves(context, await settleCustomers(room, tx, [customerId], context.now), false);
}
