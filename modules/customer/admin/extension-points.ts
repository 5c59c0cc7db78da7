import type { Tone, Visit } from '../../admin/index.ts';
import { type Executor, type ExtensionPoint, extensionPoint } from '../../framework/index.ts';

/** What a column says of one customer. */
export interface CustomerMark {
  /** What is filtered by. */
  readonly value: string;
  readonly label: string;
  readonly tone?: Tone;
  readonly href?: string;
}

/** A column that another room brings to the customers' grid: who manages them, how far they have come. */
export interface CustomerColumn {
  readonly key: string;
  readonly label: string;
  readonly acl: string;
  readonly sortOrder: number;
  /** Value → words, for the filter; undefined where there is none. */
  options?(db: Executor): Promise<Readonly<Record<string, string>>>;
  /** Of up to 1,000 customers at once, in two statements at most; customers that nothing is known of are left out. */
  read(db: Executor, ids: readonly number[]): Promise<ReadonlyMap<number, CustomerMark>>;
}
export const CustomerColumns: ExtensionPoint<CustomerColumn> = extensionPoint<CustomerColumn>('customer.Columns');

/** Who keeps a customer's data besides the store. */
export interface CustomerOwner {
  readonly name: string;
  readonly href?: string;
  /** Codes of attributes that the store can't keep a value of its own for. */
  readonly owns: ReadonlySet<string>;
}
export interface CustomerOwners {
  of(db: Executor, customerId: number): Promise<CustomerOwner | undefined>;
  /** The same for many at once, by their ids; without it, each is asked for. */
  among?(db: Executor, customerIds: readonly number[]): Promise<ReadonlyMap<number, CustomerOwner>>;
}
export const CustomerOwners: ExtensionPoint<CustomerOwners> = extensionPoint<CustomerOwners>('customer.Owners');

/**
 * Something that is done to customers which are picked in the grid. It is sent their ids as `customer`, and as `grid` the
 * query with which the grid was looked at; it asks before it does anything.
 */
export interface CustomerMassAction {
  readonly label: string;
  readonly acl: string;
  readonly action: `/admin/${string}`;
  /** 20 unless said. */
  readonly sortOrder?: number;
  /** Takes something away. */
  readonly danger?: boolean;
}
export const CustomerMassActions: ExtensionPoint<CustomerMassAction> =
  extensionPoint<CustomerMassAction>('customer.MassActions');

/** Those that this administrator may use. */
export const allowedOf = <T extends { readonly acl: string }>(items: readonly T[], visit: Pick<Visit, 'may'>) =>
  items.filter(({ acl }) => visit.may(acl));
