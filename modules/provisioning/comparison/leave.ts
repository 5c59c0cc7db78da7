import { idList, sql, sqlTimestampMs, type Transaction } from '../../framework/index.ts';

/**
 * Makes a customer nobody's user: whatever is kept of the user goes, be some of it missing already. Its groups, which are
 * held first as everywhere, are another version then. The customer stays as it is, and in its customer group.
 */
export async function leaveUser(tx: Transaction, customerId: number, now: Date): Promise<void> {
  const groups = await tx.all<{ group_id: number }>(
    sql`SELECT g.group_id FROM {vestibule_group} g WHERE g.group_id IN (SELECT m.group_id FROM {vestibule_group_member} m WHERE m.customer_id = ${customerId} AND m.generation = g.generation) ORDER BY g.group_id ${tx.dialect.forUpdate}`,
  );
  if (groups.length > 0)
    tx.later(
      sql`UPDATE {vestibule_group} SET member_count = CASE WHEN member_count > 0 THEN member_count - 1 ELSE 0 END, version = version + 1, modified_at = ${sqlTimestampMs(now)} WHERE group_id IN (${idList(groups.map(({ group_id }) => group_id))})`,
    );
  tx.later(sql`DELETE FROM {vestibule_sign_in_membership} WHERE customer_id = ${customerId}`);
  tx.later(sql`DELETE FROM {vestibule_group_member} WHERE customer_id = ${customerId}`);
  tx.later(sql`DELETE FROM {vestibule_customer_group_assignment} WHERE customer_id = ${customerId}`);
  tx.later(sql`DELETE FROM {vestibule_user_email} WHERE customer_id = ${customerId}`);
  tx.later(sql`DELETE FROM {vestibule_user_document} WHERE customer_id = ${customerId}`);
  tx.later(sql`DELETE FROM {vestibule_user} WHERE customer_id = ${customerId}`);
}
