import type { CustomerState } from '../../customer/index.ts';
import type { Transaction } from '../../framework/index.ts';
import type { Room } from '../room.ts';
import { saveAddressesApart } from './addresses-apart.ts';
import { inDefaultGroup } from './default-group.ts';
import { endSessions, type LockChange } from './lock.ts';
import { saveNewsletter } from './newsletter.ts';
import { type Changes, mappedAddress } from './reconcile.ts';

/**
 * Writes what changes of a customer, its addresses, its subscription and its right to log in, and answers the customer as it
 * is then.
 */
export async function saveCustomer(
  room: Room,
  tx: Transaction,
  customer: CustomerState,
  changes: Changes,
  locked: LockChange | undefined,
  now: Date,
): Promise<CustomerState> {
  let saved = customer;
  if (Object.keys(changes.attributes).length > 0 || locked) {
    const { attributes } =
      changes.attributes.group_id === null ? await inDefaultGroup(room, tx, customer, changes) : changes;
    saved = await room.customers.update(tx, saved, { ...attributes, ...locked?.columns }, now);
  }
  const present = mappedAddress(customer);
  if (changes.addressGone && present) saved = await room.customers.removeAddress(tx, saved, present.id, now);
  if (changes.address) {
    const address = present
      ? { id: present.id, attributes: changes.address }
      : { attributes: changes.address, defaultBilling: true, defaultShipping: true };
    saved = await room.customers.saveAddress(tx, saved, address, now);
  }
  if (changes.apart) saved = await saveAddressesApart(room, tx, saved, changes, now);
  if (changes.newsletter) saved = await saveNewsletter(room, tx, saved, changes.newsletter, now);
  endSessions(tx, room.sessions, customer.id, locked, now);
  return saved;
}
