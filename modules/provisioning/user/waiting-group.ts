import type { ConnectionMapping, MappedCustomer, MappedValue } from '../../attribute-mapping/index.ts';
import { type Executor, sql, type Transaction } from '../../framework/index.ts';
import type { Room } from '../room.ts';
import { inDefaultGroup } from './default-group.ts';
import { type Changes, rowValue } from './reconcile.ts';
import type { UserRecord } from './user-record.ts';

/** The customer group of a mapping row that waits, because a membership decides where the customer is. */
export interface WaitingGroup {
  /** Null for the default group of the website. */
  readonly id: number | null;
  /** True where another one has waited until now. */
  readonly isNew: boolean;
}

const column = 'group_id';

/** What stands for the website's default group where customers go back to. */
const byDefault = 0;

/** The changes with the customer group that is really meant: beside memberships, and the default one where none is mapped. */
export async function withGroup(
  room: Pick<Room, 'customerGroups'>,
  db: Executor,
  record: Pick<UserRecord, 'customer' | 'inGroups'>,
  changes: Changes,
  mapped: Pick<MappedCustomer, 'attributes' | 'group'>,
  mapping: Pick<ConnectionMapping, 'hasInverse'>,
): Promise<Changes> {
  const beside = await besideMemberships(db, record, changes, mapped, mapping);
  return beside.attributes[column] === null ? inDefaultGroup(room, db, record.customer, beside) : beside;
}

/**
 * Memberships come before a row of the mapping, whichever of them speaks last: while one puts the customer somewhere, the
 * row's group only becomes where the customer goes once no membership says anything. So the same said in another order
 * comes to the same. Reads nothing where no group is mapped, or the customer is in none.
 */
async function besideMemberships(
  db: Executor,
  { customer, inGroups }: Pick<UserRecord, 'customer' | 'inGroups'>,
  changes: Changes,
  mapped: Pick<MappedCustomer, 'attributes' | 'group'>,
  mapping: Pick<ConnectionMapping, 'hasInverse'>,
): Promise<Changes> {
  if (!inGroups || mapped.group === undefined || changes.kept.has(column)) return changes;
  const wanted: MappedValue = mapped.attributes[column] ?? null;
  // A read shows the group of the membership where the row goes out as well: sent back, it says nothing.
  if (wanted === rowValue(customer, column) && mapping.hasInverse(column)) return changes;
  const placed = await db.first<{ group_before: number }>(
    sql`SELECT group_before FROM {vestibule_customer_group_assignment} WHERE customer_id = ${customer.id}`,
  );
  if (!placed) return changes;
  const id = typeof wanted === 'number' ? wanted : null;
  const { [column]: _, ...attributes } = changes.attributes;
  return {
    ...changes,
    attributes,
    targets: changes.targets.filter((target) => target !== column),
    waitingGroup: { id, isNew: placed.group_before !== (id ?? byDefault) },
  };
}

/** Remembers where the customer goes once no membership says anything, and answers the sentence for the record. */
export function saveWaitingGroup(
  tx: Transaction,
  customerId: number,
  { waitingGroup }: Pick<Changes, 'waitingGroup'>,
  said: string | null | undefined,
): string[] {
  if (!waitingGroup?.isNew) return [];
  tx.later(
    sql`UPDATE {vestibule_customer_group_assignment} SET group_before = ${waitingGroup.id ?? byDefault} WHERE customer_id = ${customerId}`,
  );
  const group =
    typeof said === 'string' ? `"${said.slice(0, 100)}", which the mapping gives,` : "The website's default";
  return [`A group membership decides on the customer group; ${group} counts once none does.`];
}
