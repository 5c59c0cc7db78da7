import { type Database, type Executor, sql, type Transaction } from '../../framework/index.ts';
import type { UserSpan } from './leaving-users.ts';

/** How many groups a connection has. */
export async function countGroups(db: Executor, connectionId: number): Promise<number> {
  const row = await db.first<{ n: number }>(
    sql`SELECT COUNT(*) AS n FROM {vestibule_group} WHERE connection_id = ${connectionId}`,
  );
  return Number(row?.n ?? 0);
}

/** Member rows per transaction. */
const batchSize = 1000;

/** Deletes the groups of a connection that is paused, in small steps. Customers stay in the customer groups they are in. */
export async function removeGroups(database: Database, connectionId: number): Promise<void> {
  while (await database.transaction((tx) => oneStep(tx, connectionId)));
}

async function oneStep(tx: Transaction, connectionId: number): Promise<boolean> {
  const group = await tx.first<{ group_id: number }>(
    sql`SELECT group_id FROM {vestibule_group} WHERE connection_id = ${connectionId} ORDER BY group_id LIMIT 1 ${tx.dialect.forUpdate}`,
  );
  if (!group) {
    await tx.run(sql`DELETE FROM {vestibule_group_guard} WHERE connection_id = ${connectionId}`);
    return false;
  }
  const { group_id } = group;
  const members = await tx.all<{ generation: number; customer_id: number }>(
    sql`SELECT generation, customer_id FROM {vestibule_group_member} WHERE group_id = ${group_id} ORDER BY generation, customer_id LIMIT ${batchSize}`,
  );
  const last = members.at(-1);
  if (last) {
    await tx.run(
      sql`DELETE FROM {vestibule_group_member} WHERE group_id = ${group_id} AND (generation < ${last.generation} OR (generation = ${last.generation} AND customer_id <= ${last.customer_id}))`,
    );
    return true;
  }
  await tx.run(sql`DELETE FROM {vestibule_group_nesting} WHERE parent_id = ${group_id} OR child_id = ${group_id}`);
  await tx.run(
    sql`DELETE FROM {vestibule_group_closure} WHERE ancestor_id = ${group_id} OR descendant_id = ${group_id}`,
  );
  await tx.run(sql`DELETE FROM {vestibule_group} WHERE group_id = ${group_id}`);
  return true;
}

/** Forgets where customers were before memberships moved them: they are nobody's users any more and stay where they are. */
export function forgetAssignments(tx: Transaction, { connectionId, from, to }: UserSpan): void {
  tx.later(
    sql`DELETE FROM {vestibule_customer_group_assignment} WHERE customer_id BETWEEN ${from} AND ${to} AND customer_id IN (SELECT customer_id FROM {vestibule_user} WHERE connection_id = ${connectionId})`,
  );
}
