import type { CustomerGroups } from '../../../customer/index.ts';
import { sql, type Transaction } from '../../../framework/index.ts';
import { settleLater } from '../../group/settle.ts';

/** What a group stands for, and how it stands to the others. */
export interface Assignment {
  readonly customerGroupId: number | null;
  /** Who is in several groups gets the customer group of the lowest number. */
  readonly priority: number;
}

export interface AskedAssignment extends Assignment {
  readonly groupId: number;
  /** As the administrator saw it. */
  readonly before: Assignment;
}

/** What came of it: groups that changed, and names of those that somebody else has changed meanwhile. */
export interface Assigned {
  readonly changed: number;
  readonly conflicts: readonly string[];
}

const same = (one: Assignment, other: Assignment): boolean =>
  one.customerGroupId === other.customerGroupId && one.priority === other.priority;

/** Groups that are not for customers: "NOT LOGGED IN" and "ALL GROUPS". */
export const isForCustomers = (id: number): boolean => id !== 0 && id !== 32_000;

/**
 * Lets groups of a connection stand for other customer groups, and leaves their members to the jobs. A group that
 * somebody else has changed since it was shown stays as it is, and so does one that is gone.
 */
export async function assignGroups(
  tx: Transaction,
  groups: Pick<CustomerGroups, 'list'>,
  connectionId: number,
  asked: readonly AskedAssignment[],
  now: Date,
): Promise<Assigned> {
  const known = new Set((await groups.list(tx)).map(({ id }) => id).filter(isForCustomers));
  const conflicts: string[] = [];
  const changed: number[] = [];
  for (const { groupId, before, ...next } of asked) {
    const row = await tx.first<{ display_name: string; customer_group_id: number | null; priority: number }>(
      sql`SELECT display_name, customer_group_id, priority FROM {vestibule_group} WHERE connection_id = ${connectionId} AND group_id = ${groupId} ${tx.dialect.forUpdate}`,
    );
    if (!row) continue;
    const current = { customerGroupId: row.customer_group_id, priority: row.priority };
    const gone = next.customerGroupId !== null && !known.has(next.customerGroupId);
    if (gone || !same(current, before)) {
      if (!same(current, next)) conflicts.push(row.display_name);
      continue;
    }
    tx.later(
      sql`UPDATE {vestibule_group} SET customer_group_id = ${next.customerGroupId}, priority = ${next.priority} WHERE group_id = ${groupId}`,
    );
    changed.push(groupId);
  }
  if (changed.length > 0) settleLater(tx, changed, now);
  return { changed: changed.length, conflicts };
}
