import type { CustomerAddress, CustomerState } from '../../customer/index.ts';
import type { Transaction } from '../../framework/index.ts';
import { sameJson } from '../../scim/index.ts';
import type { Room } from '../room.ts';
import type { Changes } from './reconcile.ts';
import { type AddressKind, addressKinds, defaultAddress } from './row-value.ts';

const isShared = ({ defaultBilling, defaultShipping }: CustomerAddress): boolean => defaultBilling && defaultShipping;

const flagOf = (kind: AddressKind, value: boolean): { defaultBilling?: boolean; defaultShipping?: boolean } =>
  kind === 'billing' ? { defaultBilling: value } : { defaultShipping: value };

/** The one address that both defaults can be, where the mapping wants the same of both. */
export function sharedAddress({ apart }: Pick<Changes, 'apart'>): NonNullable<Changes['apart']>['billing'] {
  return apart?.billing && sameJson(apart.billing, apart.shipping) ? apart.billing : undefined;
}

/**
 * Writes default billing and default shipping addresses that the mapping tells apart. One row may be both, as the store's
 * people like to have it: it is divided once they differ, and what only one of them was is left to the other.
 */
export async function saveAddressesApart(
  { customers }: Room,
  tx: Transaction,
  customer: CustomerState,
  changes: Changes,
  now: Date,
): Promise<CustomerState> {
  let saved = customer;
  for (const kind of addressKinds) {
    const present = defaultAddress(saved, kind);
    if (present && changes.gone?.includes(kind)) {
      saved = isShared(present)
        ? await customers.saveAddress(tx, saved, { id: present.id, attributes: {}, ...flagOf(kind, false) }, now)
        : await customers.removeAddress(tx, saved, present.id, now);
      continue;
    }
    const fields = changes[kind];
    if (!fields) continue;
    const inPlace = present && (!isShared(present) || sharedAddress(changes) !== undefined);
    saved = await customers.saveAddress(
      tx,
      saved,
      inPlace
        ? { id: present.id, attributes: fields }
        : { attributes: changes.apart?.[kind] ?? {}, ...flagOf(kind, true) },
      now,
    );
  }
  return saved;
}
