import type { Events, Transaction } from '../../framework/index.ts';
import { GroupMembershipsChanged } from './memberships.ts';

/** Tells of memberships that came or went. Costs nothing where nobody observes it. */
export async function tellMemberships(
  events: Events,
  tx: Transaction,
  customerIds: Iterable<number>,
  groupIds: Iterable<number> = [],
): Promise<void> {
  if (!events.observed(GroupMembershipsChanged)) return;
  const told = { customerIds: [...customerIds], groupIds: [...groupIds] };
  if (told.customerIds.length + told.groupIds.length > 0) await events.emit(GroupMembershipsChanged, told, tx);
}
