import { type Executor, type ServiceToken, type Sql, service, type Transaction } from '../framework/index.ts';
import type { RowExpressions } from './row-expression.ts';

/** A value of a customer or address attribute: decimals and dates are strings, option ids and flags numbers. */
export type AttributeValue = string | number | null;

/** Attribute codes are Magento's (`firstname`, `group_id`, `employee_number` …). */
export type Attributes = Readonly<Record<string, AttributeValue>>;

export interface CustomerAddress {
  readonly id: number;
  /** Every column of `customer_address_entity` but the ids. */
  readonly attributes: Attributes;
  readonly defaultBilling: boolean;
  readonly defaultShipping: boolean;
}

/**
 * A customer as read in one go. `attributes` holds every column of `customer_entity` (bar `password_hash` and
 * `rp_token`, which never leave this room) and every custom attribute, null where there is no value.
 */
export interface CustomerState {
  readonly id: number;
  readonly attributes: Attributes;
  /** The default billing and shipping addresses; `Customers.addresses` reads all of them. */
  readonly addresses: readonly CustomerAddress[];
  /** Whether the newsletter goes to it; only where that was asked for, because it stands beside the row. */
  readonly subscribed?: boolean;
}

export interface CustomerDraft {
  readonly websiteId: number;
  readonly attributes: Attributes;
  /** Becomes the default billing and the default shipping address. */
  readonly address?: Attributes;
  /** When the account was made, for one that comes from another store: UTC, `YYYY-MM-DD HH:MM:SS`. Now, unless given. */
  readonly createdAt?: string;
}

export interface AddressChange {
  /** The address to change; a new one without it. */
  readonly id?: number;
  /** A new address takes the customer's names, and empty texts where Magento's columns refuse NULL. */
  readonly attributes: Attributes;
  readonly defaultBilling?: boolean;
  readonly defaultShipping?: boolean;
}

/**
 * A select list for a query whose `customer_entity` has the alias `c`. Its columns are named as in that table, then
 * `eav_<type>` and `addresses`: name your own differently. Values are not bound, so the text is constant.
 *
 * With FOR UPDATE only the row of `c` is locked; values and addresses are read once the lock is granted, so they are
 * what its former holder committed. Every writer of this room expects that lock.
 */
export interface Selection extends Readings {
  /** The same with `subscribed` in every state, for one more subselect. */
  readonly withSubscription: Readings;
  /** The same values one by one, for conditions. */
  readonly expressions: RowExpressions;
}

export interface Readings extends Reading {
  /**
   * The same without addresses, for one row at a time: a server plans a prepared statement anew at every call, and the
   * addresses are half of it. `Customers.withDefaultAddresses` reads them for the few that have any.
   */
  readonly lean: Reading;
  /** Some attributes alone, for many customers at a time. Give the same list again, and the statements stay prepared. */
  only(codes: readonly string[]): PartialReading;
}

/** A row of what customers have besides their own row. */
export interface CustomerDetail {
  readonly entity_id: number;
  /** Text where a union made a decimal of it. */
  readonly attribute_id: number | string;
  readonly value: string | null;
}

/** Some attributes of many customers: what is not asked for is missing in the states. */
export interface PartialReading {
  /** For one customer at a time, with every custom attribute and without addresses: as `Selection.lean`, but shorter. */
  readonly lean: Reading;
  readonly columns: Sql;
  /**
   * Custom attributes and default addresses of the customers of these rows, as `entity_id, attribute_id, value`; undefined
   * where there are none. Who wants to know more in the same statement adds it by UNION ALL under an attribute_id above 65,535, which no attribute has.
   */
  details(rows: readonly Readonly<Record<string, unknown>>[]): Sql | undefined;
  /** The customers in the order of their rows. */
  hydrate(
    rows: readonly Readonly<Record<string, unknown>>[],
    details: readonly CustomerDetail[],
  ): readonly CustomerState[];
}

export interface Reading {
  readonly columns: Sql;
  hydrate(row: Readonly<Record<string, unknown>>): CustomerState;
}

/**
 * Customers as rows of the store, written as Magento writes them. Writers expect `current` to be what the row holds:
 * read it in the same transaction with FOR UPDATE.
 *
 * @throws CustomerError for values that no row can hold; DuplicateKeyError when an e-mail is taken
 */
export interface Customers {
  /**
   * Reads anew what writers keep for seconds (attributes, websites, settings) if it is old. Called before a transaction,
   * so that nothing in it has to wait for a second connection; costs nothing while everything is fresh.
   */
  ready(database: Executor): Promise<void>;
  /** Several customers in one statement, in order of their ids; those that are not there are left out. */
  byIds(db: Executor, ids: readonly number[], options?: { forUpdate?: boolean }): Promise<readonly CustomerState[]>;
  /**
   * The customers that the database's collation finds under any of these e-mails, in order of their ids: on the website, or
   * on all of them where accounts are shared globally. One statement.
   */
  byEmails(
    db: Executor,
    websiteId: number,
    emails: readonly string[],
    options?: { forUpdate?: boolean },
  ): Promise<readonly CustomerState[]>;
  /**
   * The select list for whole customers. Metadata older than five seconds is read anew: at once when `db` is the
   * database, in the background (the list in hand is answered) when it is a transaction or missing, because a
   * transaction must not wait for a second connection.
   */
  selection(db?: Executor): Promise<Selection>;
  /** Reads a customer in one statement; `forUpdate` holds the row until the commit, `subscription` reads `subscribed` too. */
  byId(
    db: Executor,
    id: number,
    options?: { forUpdate?: boolean; subscription?: boolean },
  ): Promise<CustomerState | undefined>;
  /** Compares as the database's collation does. Where accounts are shared globally the website does not matter. */
  findByEmail(
    db: Executor,
    websiteId: number,
    email: string,
    options?: { forUpdate?: boolean },
  ): Promise<CustomerState | undefined>;
  /** The customer with its default addresses, for one that was read lean: one statement if it has any, none otherwise. */
  withDefaultAddresses(db: Executor, lean: CustomerState): Promise<CustomerState>;
  /** Every address of a customer, defaults included, in order of their ids. */
  addresses(db: Executor, current: CustomerState): Promise<readonly CustomerAddress[]>;
  /** The same for many customers, in one statement; who has none is left out. */
  addressesOf(
    db: Executor,
    customers: readonly CustomerState[],
  ): Promise<ReadonlyMap<number, readonly CustomerAddress[]>>;
  /** Writes customer, attributes, address and grid row, filling in what Magento fills in, and answers the id. */
  create(tx: Transaction, draft: CustomerDraft, now: Date): Promise<number>;
  /** Like `create`, and answers what was written. */
  createState(tx: Transaction, draft: CustomerDraft, now: Date): Promise<CustomerState>;
  /**
   * Writes the attributes whose value differs (null clears) and answers the customer as it is then. Nothing differs,
   * nothing is written. A new e-mail ends reset links and moves the newsletter subscription along.
   */
  update(tx: Transaction, current: CustomerState, changes: Attributes, now: Date): Promise<CustomerState>;
  /** Adds or changes an address and the customer's defaults. The changed address stands in the answer's `addresses`. */
  saveAddress(tx: Transaction, current: CustomerState, address: AddressChange, now: Date): Promise<CustomerState>;
  /** Removes an address; a default that pointed to it points nowhere then. */
  removeAddress(tx: Transaction, current: CustomerState, addressId: number, now: Date): Promise<CustomerState>;
  /** Deletes the row and what Magento deletes with it; orders stay. Issued tokens are revoked first. */
  delete(tx: Transaction, current: CustomerState, now: Date): Promise<void>;
  /**
   * Takes everything personal out of a customer for good: names, e-mail, password, attributes, addresses, subscriptions,
   * sessions. The row stays, locked, because orders point to it; orders keep what they were placed with.
   */
  anonymise(tx: Transaction, current: CustomerState, now: Date): Promise<CustomerState>;
  /** Frees a customer's e-mail: the row keeps an address that reaches nobody, which is answered. */
  moveEmailAside(tx: Transaction, id: number, now: Date): Promise<string>;
}
export const Customers: ServiceToken<Customers> = service<Customers>('customer.Customers');
