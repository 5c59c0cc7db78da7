import type { Resource } from '../../resource/resource.ts';
import { compareSortValues, sortValueAt } from '../../resource/sort-value.ts';
import type { TypeSearch } from './fitting.ts';

/** A resource of one of the types, with what it sorts by. */
export interface Sorted<C> {
  readonly search: TypeSearch<C>;
  readonly resource: Resource;
  readonly value: string | number | undefined;
}

/**
 * A resource among those of all types. Ids are numbered within their types, so one of a type comes behind all of the types
 * before it.
 */
export function sorted<C>(search: TypeSearch<C>, resource: Resource): Sorted<C> {
  const { sortBy } = search.query;
  const isId = sortBy && !sortBy.extension && !sortBy.subAttribute && sortBy.attribute.name === 'id';
  const value = isId ? search.place : sortBy && sortValueAt(resource, sortBy);
  return { search, resource, value };
}

/** RFC 7644 §3.4.2.3: missing values last, or first when descending; equal ones type after type, within one as its list has them. */
export function before<C>(left: Sorted<C>, right: Sorted<C>): boolean {
  const values = compareSortValues(left.value, right.value);
  const order = left.search.query.sortOrder === 'descending' ? -values : values;
  return (order || left.search.place - right.search.place) < 0;
}

/** The one that comes first; undefined for none. */
export const firstOf = <C>(heads: readonly Sorted<C>[]): Sorted<C> | undefined =>
  heads.reduce<Sorted<C> | undefined>((first, head) => (first && before(first, head) ? first : head), undefined);
