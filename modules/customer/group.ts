import type { Executor, ServiceToken, Transaction } from '../framework/index.ts';
import { service } from '../framework/index.ts';

export interface CustomerGroup {
  readonly id: number;
  /** At most 32 characters. The table has no unique key on it; this room never makes two alike. */
  readonly code: string;
  readonly taxClassId: number;
}

export interface CustomerGroups {
  /** Every group, 0 ("NOT LOGGED IN") included, in order of their ids. */
  list(db: Executor): Promise<readonly CustomerGroup[]>;
  /** Compares as the database does: without case. */
  byCode(db: Executor, code: string): Promise<CustomerGroup | undefined>;
  byId(db: Executor, id: number): Promise<CustomerGroup | undefined>;
  /**
   * Creates a group with the tax class of the store's default group and answers its id.
   *
   * @throws CustomerError `CUSTOMER_GROUP_INVALID` for a code that is empty, too long or taken
   */
  create(tx: Transaction, code: string): Promise<number>;
  /** The given group if it exists and is for customers, else the default group of the website. */
  orDefault(db: Executor, id: number, websiteId: number | null): Promise<number>;
  /**
   * Puts any number of customers, whose rows are held, into a group that exists: two statements, the grid included.
   *
   * @throws CustomerError `CUSTOMER_GROUP_INVALID` for a group that is not for customers
   */
  move(
    tx: Transaction,
    customerIds: readonly number[],
    id: number,
    options: { readonly disableAutoGroupChange: boolean },
    now: Date,
  ): Promise<void>;
}
export const CustomerGroups: ServiceToken<CustomerGroups> = service<CustomerGroups>('customer.CustomerGroups');
