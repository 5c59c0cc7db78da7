import type { Sql } from '../../framework/index.ts';
import type { AttributePath } from '../../scim/index.ts';

/**
 * What an expression holds, and so how it is compared:
 * - `text`: the fold of a text, as bytes (a binary column, or `dialect.bytes`); NULL where there is none
 * - `exact`: the text itself, as bytes
 * - `time`: a DATETIME(3) column, `YYYY-MM-DD HH:MM:SS.mmm` in UTC
 * - `second`: a DATETIME column without a fraction
 * - `isoTime`: text `YYYY-MM-DDTHH:MM:SS.mmmZ`
 * - `flag`: 0 or 1
 * - `number`
 */
export type ScalarKind = 'text' | 'exact' | 'time' | 'second' | 'isoTime' | 'flag' | 'number';

/** A value as a column holds it: folded text, a timestamp, 0 or 1, a number. */
export type ColumnValue = string | number;

/**
 * Keys found by an index: a complete SELECT of one column named `id`, such as `SELECT customer_id AS id FROM … WHERE …`.
 * All of them have a row in the source's `from`, be it one out of its scope.
 */
export interface LookUp {
  readonly keys: Sql;
  /** True where no more than a handful can be found (a unique key). Otherwise the keys are read in chunks, in their order. */
  readonly few: boolean;
}

/** An attribute with at most one value, as an expression. */
export interface Scalar {
  readonly is: 'scalar';
  readonly kind: ScalarKind;
  readonly value: Sql;
  /** False where every resource has a value. */
  readonly nullable: boolean;
  /** Names of the source's joins that the expression needs. An element's scalars leave it to the {@link Elements}. */
  readonly needs?: readonly string[];
  /** RFC 7643 §2.4: a `primary` that isn't said is false. */
  readonly missingIsFalse?: boolean;
  /** Whom `eq` finds, by an index; undefined when the value can't be anybody's and so finds nobody (an id that is none). */
  readonly lookUp?: (value: ColumnValue) => LookUp | undefined;
  /** An index that has the values in their order, where there is one; `key` where they follow the keys. */
  readonly order?: IndexedOrder | 'key';
  /** Mapped targets that the value depends on; see {@link Settling}. */
  readonly targets?: readonly string[];
}

/**
 * An index that reads a connection's resources in the order of a column, then of their keys. It stands in a table of its
 * own right: `from` and `scope` must not name the aliases of the source.
 */
export interface IndexedOrder {
  /** `{vestibule_user} o`, with `dialect.readBy` where the planner may take another index. */
  readonly from: Sql;
  /** `o.connection_id = 5` (whatever the index begins with) */
  readonly scope: Sql;
  /** `o.display_key` */
  readonly column: Sql;
  /** `o.customer_id` */
  readonly key: Sql;
  /** True where no two resources have the same value, so that there are no ties to be put in order. */
  readonly unique?: boolean;
}

/** A complex attribute with at most one value; its sub-attributes are asked of the source as scalars. */
export interface Complex {
  readonly is: 'complex';
  /** Whether the resource has it: true or false and never NULL. */
  readonly exists: Sql;
  readonly needs?: readonly string[];
  readonly targets?: readonly string[];
}

/** A multi-valued attribute: rows of a table or of an array. One element must satisfy the whole bracket. */
export interface Elements {
  readonly is: 'elements';
  /** What comes between `SELECT …` and ` AND …`, a WHERE included: `FROM {vestibule_group_member} m WHERE m.group_id = g.id`. */
  readonly from: Sql;
  readonly needs?: readonly string[];
  /** A sub-attribute as an expression over `from`; without one the value itself, where the attribute is simple. */
  sub(name: string | undefined): Scalar | FixedTexts | undefined;
  /** Sorts the elements so that the one that speaks for all comes first: `e.is_primary DESC, e.position`. */
  readonly mainFirst?: Sql;
  readonly targets?: readonly string[];
}

/** An attribute whose values are known in advance (`schemas`, `meta.resourceType`, a `type`), each with when it is there. */
export interface FixedTexts {
  readonly is: 'texts';
  readonly caseExact: boolean;
  /** `when` is true or false and never NULL; left out where the text is always there. At most one holds of a single-valued attribute. */
  readonly texts: readonly { readonly text: string; readonly when?: Sql }[];
  readonly needs?: readonly string[];
  readonly targets?: readonly string[];
}

export type SearchAttribute = Scalar | Complex | Elements | FixedTexts;

/** Brings what is searched up to date with what a read shows, where the store has changed values that we derive from. */
export interface Settling {
  /** True for resources whose searchable form is out of date as to these targets; over the source's joins. */
  stale(targets: readonly string[]): { readonly condition: Sql; readonly needs: readonly string[] } | undefined;
  /** Writes the searchable form of these resources anew. */
  settle(keys: readonly number[]): Promise<void>;
}

/** How the resources of one type and connection stand in SQL. Made for one request. */
export interface SearchSource {
  /** `User`, `Group`. */
  readonly type: string;
  readonly connectionId: number;
  /** The number that identifies a resource, `u.customer_id`; the default order. */
  readonly key: Sql;
  /** The narrow table, `{vestibule_user} u`. */
  readonly from: Sql;
  /** The same for reading in the order of the keys, with `dialect.readBy` where the planner may take another index. */
  readonly listing?: Sql;
  /** `dialect.joinsAsWritten`, with which the order of the listing is that of the page. */
  readonly inOrder?: Sql;
  /** The living resources of the connection: `u.connection_id = 5 AND u.is_deleted = 0`. */
  readonly scope: Sql;
  /** One-to-one joins onto `from`, by name, in the order in which they may depend on one another: `JOIN {customer_entity} c ON …`. */
  readonly joins: Readonly<Record<string, Sql>>;
  /** Undefined for what can't be filtered or sorted by. `path.subAttribute` is asked for singular complex attributes only. */
  attribute(path: AttributePath): SearchAttribute | undefined;
  readonly settling?: Settling;
  readonly shown?: Shown;
}

/** Reads what a page shows in the statement that finds its keys, where nothing has to be looked at but the keys. */
export interface Shown {
  /** `c.email, d.document, …` */
  readonly columns: Sql;
  /** What they stand in beside the source's `from`: `JOIN {customer_entity} c ON …`. */
  readonly joins: Sql;
  /** Is handed the rows. */
  take(rows: readonly Readonly<Record<string, unknown>>[]): void;
}
