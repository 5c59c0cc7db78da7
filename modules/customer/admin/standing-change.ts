import type { Events, Transaction } from '../../framework/index.ts';
import type { CustomerState, Customers } from '../customer.ts';
import { CustomerStandingChanged } from '../customer-event.ts';
import { lockOutColumns, ourLock, restoreColumns } from '../lock-out.ts';
import type { Sessions } from '../session.ts';

/** What it takes to lock customers out. */
export interface StandingParts {
  readonly customers: Customers;
  readonly sessions: Sessions;
  readonly events: Events;
}

/** Locks a customer, whose row is held, out for real, or lifts that; answers whether there was anything to be done. */
export async function changeStanding(
  tx: Transaction,
  { customers, sessions, events }: StandingParts,
  customer: CustomerState,
  { active, by, now }: { readonly active: boolean; readonly by: string; readonly now: Date },
): Promise<boolean> {
  const { is_active, lock_expires, email } = customer.attributes;
  const isLocked = lock_expires === ourLock;
  if ((is_active === 1) === active && isLocked !== active) return false;
  const change = active ? restoreColumns({ lockExpires: lock_expires ?? null }) : lockOutColumns(now);
  await customers.update(tx, customer, change, now);
  if (!active) sessions.end(tx, customer.id, now);
  const told = { id: customer.id, active, email: typeof email === 'string' ? email : '', by };
  await events.emit(CustomerStandingChanged, told, tx);
  return true;
}
