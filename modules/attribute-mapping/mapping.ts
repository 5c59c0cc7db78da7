import type { Connection } from '../connection/index.ts';
import { type ServiceToken, service } from '../framework/index.ts';
import type { Resource } from '../scim/index.ts';

/** A value as a customer's row holds it. `null` clears it. */
export type MappedValue = string | number | null;

/** What a SCIM user comes to as a customer. Keys are Magento's attribute codes. */
export interface MappedCustomer {
  readonly attributes: Readonly<Record<string, MappedValue>>;
  /** The address that becomes default billing and shipping; undefined when the user carries none. */
  readonly address: Readonly<Record<string, MappedValue>> | undefined;
  /** Targets whose value only stands in for one that the user lacks: it never replaces what the store has written. */
  readonly standIns?: ReadonlySet<string>;
}

export interface MappingContext {
  readonly connection: Connection;
}

/** A value that the store has changed since we wrote it, by target: `firstname`, or `address.city`. */
export type Drift = ReadonlyMap<string, MappedValue>;

/** Turns SCIM users into customers and back. Plugins may change what `toCustomer` answers. */
export interface UserMapping {
  /** The row values a user maps to: a pure function of its arguments. @throws ScimError `invalidValue` */
  toCustomer(user: Resource, context: MappingContext): Promise<MappedCustomer>;
  /** The document with what the store has changed put back in, by the inverse of the rules; the document itself if nothing was. */
  toUser(document: Resource, drift: Drift): Resource;
  /** True when a change of this target in the store can be told to the identity provider. */
  hasInverse(target: string): boolean;
}
export const UserMapping: ServiceToken<UserMapping> = service<UserMapping>('attribute-mapping.UserMapping');

/** Prefix of the targets that are fields of the default address. */
export const addressPrefix = 'address.';

/** Top-level domain that can never be mailed (RFC 2606). */
export const placeholderDomain = 'placeholder.invalid';
