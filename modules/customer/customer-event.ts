import { type Event, event } from '../framework/index.ts';

export interface CustomerChange {
  readonly id: number;
  readonly websiteId: number | null;
  readonly created: boolean;
  /** Codes of the attributes that were written; `addresses` stands for an address. */
  readonly changed: readonly string[];
}

/** A customer was created or changed by this host. */
export const CustomerSaved: Event<CustomerChange> = event<CustomerChange>('customer.CustomerSaved');

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
