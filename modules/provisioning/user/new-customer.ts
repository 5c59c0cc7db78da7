import type { Attributes, CustomerState } from '../../customer/index.ts';
import type { Transaction } from '../../framework/index.ts';
import type { Room } from '../room.ts';
import { sharedAddress } from './addresses-apart.ts';
import type { NewUser } from './insert.ts';
import { changesOf } from './reconcile.ts';
import { saveCustomer } from './save.ts';

/** A new customer's own row, as far as the mapping and the policies have settled it. */
interface FirstRow {
  readonly websiteId: number;
  readonly attributes: Attributes;
  /** True where the mapping tells of subscriptions. */
  readonly tellsSubscription: boolean;
}

/** Writes a new customer with all that the user came to: its row, its addresses, its subscription, its password. */
export async function createCustomer(
  room: Room,
  tx: Transaction,
  { tellsSubscription, ...row }: FirstRow,
  { mapped, passwordHash }: Pick<NewUser, 'mapped' | 'passwordHash'>,
  now: Date,
): Promise<CustomerState> {
  const { billing, shipping, newsletter } = mapped;
  const address = mapped.address ?? (billing && sharedAddress({ apart: { billing, shipping } }));
  const created = await room.customers.createState(tx, { ...row, ...(address ? { address } : {}) }, now);
  let customer: CustomerState = tellsSubscription ? { ...created, subscribed: false } : created;
  if (billing || shipping || newsletter) {
    // At creation every rule lets a value be written.
    const { rules: _, ...always } = mapped;
    const rest = changesOf(customer, {}, { ...always, attributes: {} }, () => false);
    customer = await saveCustomer(room, tx, customer, rest, undefined, now);
  }
  if (passwordHash !== undefined) await room.passwords.set(tx, customer.id, passwordHash, now);
  return customer;
}
