import { type Event, event } from '../framework/index.ts';
import type { AttributeValue } from './customer.ts';

/** What became of one address. */
export interface AddressWrite {
  readonly id: number;
  readonly act: 'created' | 'updated' | 'deleted';
}

export interface CustomerChange {
  readonly id: number;
  readonly websiteId: number | null;
  readonly created: boolean;
  /** Codes of the attributes that were written; `addresses` stands for an address. */
  readonly changed: readonly string[];
  /** The addresses that were written along; mostly none. */
  readonly addresses: readonly AddressWrite[];
}

/** A customer was created or changed by this host. Moves between groups are told by `CustomersMoved`. */
export const CustomerSaved: Event<CustomerChange> = event<CustomerChange>('customer.CustomerSaved');

/** Customers, one or thousands, were put into another customer group by `CustomerGroups.move`. */
export const CustomersMoved: Event<{ readonly ids: readonly number[]; readonly groupId: number }> =
  event('customer.CustomersMoved');

/** A customer has another password. What it is, nobody is told. */
export const CustomerPasswordSet: Event<{ readonly id: number }> = event('customer.CustomerPasswordSet');

/** A customer's row was deleted by this host. */
export const CustomerDeleted: Event<{ readonly id: number; readonly websiteId: number | null }> =
  event('customer.CustomerDeleted');

/** Everything personal was taken out of a customer's row; whoever keeps some of it elsewhere takes it out there. */
export const CustomerAnonymised: Event<{ readonly id: number }> = event('customer.CustomerAnonymised');

/** An administrator deactivated a customer, or activated one. */
export const CustomerStandingChanged: Event<{
  readonly id: number;
  readonly active: boolean;
  readonly email: string;
  /** The administrator's name. */
  readonly by: string;
}> = event('customer.CustomerStandingChanged');

/** What an administrator did to a customer. */
export type CustomerAct = 'update' | 'delete' | 'add-address' | 'update-address' | 'delete-address';

/** An administrator wrote a customer's row or addresses. */
export const CustomerAdministered: Event<{
  readonly id: number;
  readonly act: CustomerAct;
  /** As it was before. */
  readonly email: string;
  /** The administrator's name. */
  readonly by: string;
  /** Values of the rows before and after; an attribute of an address has its number in front, `address 7 city`. */
  readonly modified: readonly {
    readonly attribute: string;
    readonly before: AttributeValue;
    readonly after: AttributeValue;
  }[];
}> = event('customer.CustomerAdministered');
