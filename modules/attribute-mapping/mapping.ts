import type { Connection } from '../connection/index.ts';
import { type Executor, type ServiceToken, service } from '../framework/index.ts';
import type { AttributePath, Resource, ResourceType } from '../scim/index.ts';

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

/**
 * Turns SCIM users into customers and back. Plugins may change what `toCustomer` answers. The store's own attributes come
 * and go while the host runs, so ask for the resource type whenever it is needed and keep it for one request at most.
 */
export interface UserMapping {
  /** Looks at the store's attributes again where they were read more than five seconds ago. Not inside a transaction. */
  ready(db: Executor): Promise<void>;
  /** Users as the mapping makes them possible: core, enterprise, and the store's own attributes under our extension. */
  resourceType(): ResourceType;
  /** The row values a user maps to: a pure function of its arguments. @throws ScimError `invalidValue` */
  toCustomer(user: Resource, context: MappingContext): Promise<MappedCustomer>;
  /** The document with what the store has changed put back in, by the inverse of the rules; the document itself if nothing was. */
  toUser(document: Resource, drift: Drift): Resource;
  /** True when a change of this target in the store can be told to the identity provider. */
  hasInverse(target: string): boolean;
  /** Targets whose row value shows at an attribute of the user; none for what stands in the document alone. */
  targetsOf(path: Pick<AttributePath, 'schema' | 'extension' | 'attribute'>): readonly string[];
  /** Targets that are the store's own attributes: a user written before one was made has no shadow of it. */
  customTargets(): readonly string[];
  /** Attributes of a customer's row that a read depends on, addresses aside: the same list for as long as it says the same. */
  rowTargets(): readonly string[];
  /** Targets under our extension whose value in the document means nothing any more: the store has changed its choices. */
  outdated(document: Resource): readonly string[];
}
export const UserMapping: ServiceToken<UserMapping> = service<UserMapping>('attribute-mapping.UserMapping');

/** Prefix of the targets that are fields of the default address. */
export const addressPrefix = 'address.';
