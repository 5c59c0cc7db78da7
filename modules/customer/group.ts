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
}
export const CustomerGroups: ServiceToken<CustomerGroups> = service<CustomerGroups>('customer.CustomerGroups');
