import type { AttributePath } from '../path/attribute-path.ts';

export type CompareOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';

/** Already of the attribute's type: a boolean for a boolean, text for strings, references and dateTimes. */
export type FilterValue = string | number | boolean | null;

export interface Compare {
  readonly kind: 'compare';
  /** Names a simple attribute or sub-attribute; `emails eq "x"` has become `emails.value`. */
  readonly path: AttributePath;
  readonly op: CompareOperator;
  readonly value: FilterValue;
}

export interface Present {
  readonly kind: 'present';
  /** May name a complex attribute as a whole. */
  readonly path: AttributePath;
}

/** At least two operands, none of the same kind: `a and (b and c)` has become one `and` of three. */
export interface And {
  readonly kind: 'and';
  readonly filters: readonly Filter[];
}

export interface Or {
  readonly kind: 'or';
  readonly filters: readonly Filter[];
}

export interface Not {
  readonly kind: 'not';
  readonly filter: Filter;
}

/**
 * `emails[type eq "work" and value co "@x"]`: one element satisfies the whole bracket. The paths inside are whole ones
 * (`emails.type`). `emails[type eq "work"].value eq "x"` has become `emails[type eq "work" and value eq "x"]`.
 */
export interface ValuePath {
  readonly kind: 'valuePath';
  /** The complex attribute; no sub-attribute. */
  readonly path: AttributePath;
  readonly filter: Filter;
}

/** A parsed filter (RFC 7644 §3.4.2.2) whose names are all resolved and whose values are all of the right type. */
export type Filter = Compare | Present | And | Or | Not | ValuePath;

/** One function per kind of node; composites visit their operands themselves. */
export interface FilterVisitor<R> {
  compare(node: Compare): R;
  present(node: Present): R;
  and(node: And): R;
  or(node: Or): R;
  not(node: Not): R;
  valuePath(node: ValuePath): R;
}

/** Calls the visitor's function for the node's kind. */
export function visit<R>(filter: Filter, visitor: FilterVisitor<R>): R {
  switch (filter.kind) {
    case 'compare':
      return visitor.compare(filter);
    case 'present':
      return visitor.present(filter);
    case 'and':
      return visitor.and(filter);
    case 'or':
      return visitor.or(filter);
    case 'not':
      return visitor.not(filter);
    case 'valuePath':
      return visitor.valuePath(filter);
  }
}

/** Joins filters with `and`, flat; one filter stays as it is. */
export const allOf = (filters: readonly Filter[]): Filter => join('and', filters);

/** Joins filters with `or`, flat; one filter stays as it is. */
export const anyOf = (filters: readonly Filter[]): Filter => join('or', filters);

function join(kind: 'and' | 'or', filters: readonly Filter[]): Filter {
  const flat = filters.flatMap((filter) => (filter.kind === kind ? filter.filters : [filter]));
  const [only] = flat;
  return only && flat.length === 1 ? only : { kind, filters: flat };
}
