import type { AddressChange, CustomerState } from '../../customer/index.ts';
import type { Clock } from '../../framework/index.ts';
import type { Room } from '../room.ts';
import { changeDetail } from './held-customer.ts';
import { countShown, readShown, shownAddress } from './shown-addresses.ts';
import type { UserAddresses } from './user-addresses.ts';

const about = { operation: 'user.address', changed: ['addresses'] } as const;

/** A default that the customer does not have yet, the new address becomes. */
const defaultsFor = ({ attributes }: CustomerState): Pick<AddressChange, 'defaultBilling' | 'defaultShipping'> => ({
  ...((attributes.default_billing ?? null) === null ? { defaultBilling: true } : {}),
  ...((attributes.default_shipping ?? null) === null ? { defaultShipping: true } : {}),
});

/** The id of the address that there was not before; states hold the defaults, and what was saved. */
const added = (before: CustomerState, after: CustomerState): number =>
  after.addresses.find(({ id }) => before.addresses.every((known) => known.id !== id))?.id ?? 0;

export function createUserAddresses(room: Room, clock: Clock): UserAddresses {
  const { customers } = room;
  return {
    page: readShown,
    count: countShown,
    save: (caller, customerId, address) =>
      changeDetail(room, clock.now(), caller, customerId, {
        ...about,
        async work(tx, customer, now) {
          const change = address.id === undefined ? { ...defaultsFor(customer), ...address } : address;
          const saved = await customers.saveAddress(tx, customer, change, now);
          const id = address.id ?? added(customer, saved);
          const known = saved.addresses.find((one) => one.id === id);
          const [row] = known
            ? [shownAddress(customerId, known)]
            : await readShown(tx, caller.connection, { ids: [id] }, { limit: 1 });
          if (!row) throw new Error(`address ${id}, which was just saved, can not be read`);
          return { done: row, changed: saved !== customer };
        },
      }),
    remove: (caller, customerId, addressId) =>
      changeDetail(room, clock.now(), caller, customerId, {
        ...about,
        async work(tx, customer, now) {
          await customers.removeAddress(tx, customer, addressId, now);
          return { done: undefined, changed: true };
        },
      }),
  };
}
