import type { Connection } from '../../connection/index.ts';
import type { AddressChange, Attributes } from '../../customer/index.ts';
import { type Executor, type ServiceToken, service } from '../../framework/index.ts';
import type { DeskCaller } from '../desk/user-desk.ts';

/** An address as a row of the store, with whose it is. */
export interface ShownAddress {
  readonly id: number;
  readonly customerId: number;
  /** `firstname`, `street`, `country_id` …: the columns of an address that people fill in. */
  readonly attributes: Attributes;
  readonly defaultBilling: boolean;
  readonly defaultShipping: boolean;
}

/** Which addresses are asked for: those with all that is given. */
export interface AddressQuestion {
  readonly ids?: readonly number[] | undefined;
  readonly customerIds?: readonly number[] | undefined;
}

/** Where a page begins: behind an address, or behind so many of them. */
export interface AddressPlace {
  readonly after?: number | undefined;
  readonly skip?: number | undefined;
  readonly limit: number;
}

/**
 * The addresses of a connection's customers, all of them: a mapping writes the default ones alone. What is changed here of
 * an address that the mapping writes is a change in the store, and shows as that.
 */
export interface UserAddresses {
  /** In order of their ids, of the customers that the connection sees whole: one statement. */
  page(db: Executor, connection: Connection, question: AddressQuestion, place: AddressPlace): Promise<ShownAddress[]>;
  count(db: Executor, connection: Connection, question: AddressQuestion): Promise<number>;
  /**
   * Adds or changes an address of a customer that the connection manages, and records it. The first one of a customer
   * becomes the default.
   * @throws ScimError 404, 403 where a policy refuses; CustomerError
   */
  save(caller: DeskCaller, customerId: number, address: AddressChange): Promise<ShownAddress>;
  /** @throws ScimError 404, 403 where a policy refuses */
  remove(caller: DeskCaller, customerId: number, addressId: number): Promise<void>;
}
export const UserAddresses: ServiceToken<UserAddresses> = service<UserAddresses>('provisioning.UserAddresses');
