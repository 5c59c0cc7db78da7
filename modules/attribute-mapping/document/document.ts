import type { TransformUse } from '../transform/chain.ts';

/** How the users of one connection become customers and back, as people write it, keep it, send it and compare it. */
export interface MappingDocument {
  readonly $schema?: string;
  /** The version of this form, not of the mapping. */
  readonly version: 1;
  /** In this order; where several rows lead to one target, the first that has a value counts. */
  readonly rows: readonly MappingRow[];
  /** Attributes of the provider that no known schema has. */
  readonly sources?: readonly DeclaredSource[];
}

/** An attribute that the provider sends outside the known schemas; declared, it is kept, announced, and can be mapped. */
export interface DeclaredSource {
  /** `customAttribute3` at the top of the user, or `urn:acme:scim:1.0:User:badge` under an extension of its own. */
  readonly name: string;
  readonly type?: 'string' | 'boolean' | 'integer' | 'decimal' | 'dateTime';
  readonly multiValued?: boolean;
  readonly description?: string;
}

/** A value as a document may hold one. */
export type Literal = string | number | boolean | readonly string[];

export const directions = ['in', 'out', 'both'] as const;
export type Direction = (typeof directions)[number];

interface RowCommon {
  /** Unique in the document; errors, records and expressions name the row by it. */
  readonly id: string;
  /** `firstname`, `customer.<code>`, `address.city`, `billing.city`, `shipping.city`, `group`, `newsletter`, … */
  readonly target: string;
  /** To the store, to the provider, or both; both where the row has a way back and leads to an attribute or an address, else in. */
  readonly direction?: Direction;
  /** When a value is written; always unless it says otherwise. */
  readonly apply?: 'always' | 'create' | 'if-empty';
  /** What becomes of the row where the user has no value; clear unless it says otherwise. */
  readonly onNull?: 'keep' | 'clear' | 'default';
  /** With `onNull: default`. */
  readonly default?: Literal;
  /** A user without a value is refused. */
  readonly required?: boolean;
  /** Finds an existing customer by this target; 1 is tried first. */
  readonly match?: number;
  /** The provider owns the target: what the store makes of it does not count and is put back. */
  readonly locked?: boolean;
  readonly enabled?: boolean;
  readonly comment?: string;
  /** Applied one after the other to what the row has found. */
  readonly transforms?: readonly TransformUse[];
}

/** The value of an attribute, as it is. */
export interface DirectRow extends RowCommon {
  readonly type: 'direct';
  readonly source: string;
}

/** The same value for everyone. */
export interface ConstantRow extends RowCommon {
  readonly type: 'constant';
  readonly value: Literal;
}

/** Text with attributes in braces: `{name.givenName} {name.familyName}`. Doubled braces stand for themselves. */
export interface TemplateRow extends RowCommon {
  readonly type: 'template';
  readonly template: string;
}

/** What an attribute's value stands for, found in a table; keys are compared without case. */
export interface LookupRow extends RowCommon {
  readonly type: 'lookup';
  readonly source: string;
  readonly table: Readonly<Record<string, Literal>>;
  /** For a value that the table does not have; without it, that counts as no value. */
  readonly otherwise?: Literal;
}

/** A JSONata expression over the user. */
export interface ExpressionRow extends RowCommon {
  readonly type: 'expression';
  readonly expression: string;
}

export type MappingRow = DirectRow | ConstantRow | TemplateRow | LookupRow | ExpressionRow;
