import { idList, type Sql, sql, sqlTimestamp, type Transaction } from '../../framework/index.ts';
import { ascending, listsOf } from '../group/pieces.ts';
import type { GroupWork } from '../group/work.ts';
import { inNoGroup } from './measure.ts';
import { windowStart } from './sight.ts';

const from = (condition: Sql, now: Date): Sql =>
  sql`${condition} AND u.is_deleted = 0 AND c.is_active = 1 AND c.created_at <= ${sqlTimestamp(windowStart(now))} AND ${inNoGroup('c')}`;

/**
 * Whom the change of a group, whose members are written, leaves in no group of the connection: active customers who are no
 * newcomers, at most `most` of them. Deactivated ones have nothing left to lose.
 */
export async function leftWithoutGroup(work: GroupWork, most: number): Promise<number[]> {
  const { tx, context, group, leaving } = work;
  const left: number[] = [];
  for (const ids of listsOf([...leaving].sort(ascending))) {
    if (left.length >= most) return left;
    const rows = await tx.all<{ id: number }>(
      sql`SELECT c.entity_id AS id FROM {customer_entity} c JOIN {vestibule_user} u ON u.customer_id = c.entity_id WHERE ${from(sql`c.entity_id IN (${idList(ids)})`, context.now)} ORDER BY c.entity_id LIMIT ${most - left.length}`,
    );
    for (const { id } of rows) left.push(id);
  }
  if (work.generation !== group.generation) left.push(...(await emptied(tx, work, most)));
  return left;
}

/** A large group's members were left to a job: their rows are of a generation that does not count any more. */
async function emptied(tx: Transaction, { context, group }: GroupWork, most: number): Promise<number[]> {
  const rows = await tx.all<{ id: number }>(
    sql`SELECT c.entity_id AS id FROM {vestibule_group_member} l ${tx.dialect.readBy('PRIMARY')} JOIN {vestibule_user} u ON u.customer_id = l.customer_id JOIN {customer_entity} c ON c.entity_id = l.customer_id WHERE ${from(sql`l.group_id = ${group.groupId} AND l.generation = ${group.generation}`, context.now)} ORDER BY l.customer_id LIMIT ${most}`,
  );
  return rows.map(({ id }) => id);
}
