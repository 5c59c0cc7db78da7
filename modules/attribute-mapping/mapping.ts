import type { Connection } from '../connection/index.ts';
import { type Executor, type ServiceToken, service } from '../framework/index.ts';
import type { AttributePath, Resource, ResourceType } from '../scim/index.ts';
import type { MappingDocument, MappingRow } from './document/document.ts';
import type { MappingIssue } from './document/issue.ts';

/** A value as a customer's row holds it. `null` clears it. */
export type MappedValue = string | number | null;

/** What a SCIM user comes to as a customer. Keys are Magento's attribute codes. */
export interface MappedCustomer {
  readonly attributes: Readonly<Record<string, MappedValue>>;
  /** The address that becomes default billing and shipping; undefined when the user carries none. */
  readonly address: Readonly<Record<string, MappedValue>> | undefined;
  /** Default billing and default shipping address, where the mapping tells them apart; `address` is undefined then. */
  readonly billing?: Readonly<Record<string, MappedValue>> | undefined;
  readonly shipping?: Readonly<Record<string, MappedValue>> | undefined;
  /** Targets whose value only stands in for one that the user lacks: it never replaces what the store has written. */
  readonly standIns?: ReadonlySet<string>;
  /** A customer group, a store view, a website, by code or id as the user's attributes say it. */
  readonly group?: string | null;
  readonly storeView?: string | null;
  readonly website?: string | null;
  readonly newsletter?: boolean | null;
  /** In clear, on its way to be hashed: never part of a document, a record or a log. */
  readonly password?: string;
  /** Only of targets that are not written always and cleared when missing. */
  readonly rules?: ReadonlyMap<string, TargetRule>;
}

export interface MappingContext {
  readonly connection: Connection;
  /** Another mapping than the one in effect: a draft on trial, an older version. */
  readonly mapping?: ConnectionMapping;
  /** What the mapping's expressions came to for this very user; they are never evaluated inside a transaction. */
  readonly computed?: Computed | undefined;
}

/** What expressions came to, by the id of their row. */
export type Computed = Readonly<Record<string, unknown>>;

/** When a mapped value is written, and what a missing one does to the row. */
export interface TargetRule {
  readonly apply: 'always' | 'create' | 'if-empty';
  /** `clear` takes back what was written by us; `keep` leaves it. */
  readonly onNull: 'keep' | 'clear';
}

/** A value that the store has changed since we wrote it, by target: `firstname`, or `address.city`. */
export type Drift = ReadonlyMap<string, MappedValue>;

/**
 * How the users of one connection become customers and back, at one version of its mapping and of the store's attributes. Never
 * changes; ask for it whenever a request comes and keep it for that request at most.
 */
export interface ConnectionMapping {
  /** The published version; 0 for what comes with the connection's profile. */
  readonly version: number;
  /** Users as the mapping makes them possible: core, enterprise, and the store's own attributes under our extension. */
  resourceType(): ResourceType;
  /** True when there are expressions to evaluate before a user can be mapped. */
  readonly evaluates: boolean;
  /** Evaluates the expressions for a user. Not inside a transaction: it may take long. @throws ScimError `invalidValue` */
  evaluate(user: Resource): Promise<Computed>;
  /** The row values a user maps to: a pure function of its arguments. @throws ScimError `invalidValue` */
  map(user: Resource, connection: Connection, computed?: Computed): MappedCustomer;
  /** The document with what the store has changed put back in, by the inverse of the rules; the document itself if nothing was. */
  toUser(document: Resource, drift: Drift): Resource;
  /** True when a change of this target in the store can be told to the identity provider. */
  hasInverse(target: string): boolean;
  /** Targets whose row value shows at an attribute of the user; none for what stands in the document alone. */
  targetsOf(path: Pick<AttributePath, 'schema' | 'extension' | 'attribute'>): readonly string[];
  /** Targets that are the store's own attributes: a user written before one was made has no shadow of it. */
  customTargets(): readonly string[];
  /** True where a read depends on the customer's newsletter subscription, which stands beside its row. */
  readonly tellsSubscription: boolean;
  /** True where the mapping reads it where it tells it, so that who takes it away there wants it to end. */
  readonly readsToldSubscription: boolean;
  /** Attributes of a customer's row that a read depends on, addresses aside: the same list for as long as it says the same. */
  rowTargets(): readonly string[];
  /** Targets of which the store alone speaks: what a user has at their attributes does not count. */
  readonly onlyTold: ReadonlySet<string>;
  /** Targets whose value in the document means nothing any more: the store has changed its choices, or speaks alone. */
  outdated(document: Resource): readonly string[];
  /** False where `outdated` finds nothing in a document without our extension, so that it need not be read for it. */
  readonly doubtsDocuments: boolean;
  /** Digests by which what was derived by an older mapping is told from what this one would say. */
  readonly marks: MappingMarks;
  /** Targets that the identity provider owns: what the store makes of them does not count and is put back. */
  readonly locked: ReadonlySet<string>;
  /** Targets that find an existing customer, the e-mail address aside; lowest precedence first. */
  readonly matches: readonly { readonly target: string; readonly precedence: number }[];
  /** True where a row takes passwords; the user never holds one, so whoever has it passes it on. */
  readonly takesPassword: boolean;
  /** The rows of the document, as written. */
  readonly rows: readonly MappingRow[];
  /** Why rows do nothing at the moment, such as one whose attribute the store no longer has. */
  readonly resting: readonly MappingIssue[];
  /**
   * What a user brings at each attribute that a row reads by name, before transforms, in the order of the rows; `value` is
   * undefined where the user has none. For people to see.
   */
  brought(user: Resource): readonly Brought[];
  /** The attribute that a target is read from first, as people write it; undefined where it is not one attribute. */
  sourceOf(target: string): string | undefined;
}

/** What a user brings for a target: what stands at an attribute. */
export interface Brought {
  readonly target: string;
  /** The attribute, as people write it. */
  readonly source: string;
  readonly value: unknown;
}

/** Sixteen hexadecimal digits each, the same in every process. */
export interface MappingMarks {
  /** Of the attributes that users have: declared sources and the store's own. */
  readonly schema: string;
  /** Of all that decides what a read shows: the document and the store's attributes. */
  readonly whole: string;
}

/** The mappings of all connections. Plugins may change what `toCustomer` answers. */
export interface UserMapping {
  /**
   * Looks at the store's attributes, and at the version in effect for a connection, again where they were read more than
   * five seconds ago. Not inside a transaction.
   */
  ready(db: Executor, connection?: Connection): Promise<void>;
  /** What is in effect for a connection, as far as `ready` has seen. */
  of(connection: Connection): ConnectionMapping;
  /** Another document as it would be in effect for a connection: a draft on trial, an older version. Never throws. */
  compiled(connection: Connection, document: MappingDocument, version?: number): ConnectionMapping;
  /**
   * The row values a user maps to.
   * @throws ScimError `invalidValue`; ExpressionsPending where expressions have to be evaluated for this user before
   */
  toCustomer(user: Resource, context: MappingContext): Promise<MappedCustomer>;
}
export const UserMapping: ServiceToken<UserMapping> = service<UserMapping>('attribute-mapping.UserMapping');

/** Prefix of the targets that are fields of the default address. */
export const addressPrefix = 'address.';

/** Says that a user can't be mapped before the expressions of its mapping are evaluated for it, outside of any transaction. */
export class ExpressionsPending extends Error {
  override readonly name = 'ExpressionsPending';
  readonly document: Resource;
  constructor(document: Resource) {
    super('the expressions of the mapping have to be evaluated for this document first');
    this.document = document;
  }
}
