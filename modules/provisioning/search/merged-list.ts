import type { Executor } from '../../framework/index.ts';
import { type ListQuery, printFilter } from '../../scim/index.ts';
import type { MergedList } from './paging/merged-page.ts';
import { type Beside, noPart, type Order, ownPart } from './paging/part.ts';
import type { SearchMemory } from './paging/totals.ts';
import { type Plan, questionOf } from './plan.ts';
import { sortKeyOf } from './sort.ts';
import type { SearchSource } from './source.ts';

/** The source as one whose values stand beside as well, so that an index which has each value once does not say so. */
export const withTies = (source: SearchSource): SearchSource => ({
  ...source,
  attribute(path) {
    const found = source.attribute(path);
    if (found?.is !== 'scalar' || typeof found.order !== 'object') return found;
    return { ...found, order: { ...found.order, unique: false } };
  },
});

function orderOf(db: Executor, source: SearchSource, { sortBy, sortOrder }: ListQuery): Order {
  const key = sortBy && sortKeyOf(db.dialect, source, sortBy);
  if (!sortBy || !key) return { sort: undefined, descending: false };
  const descending = sortOrder === 'descending';
  if (key.order === 'key') return { sort: undefined, descending };
  const { kind, longest } = key;
  return { sort: { path: sortBy, kind, ...(longest === undefined ? {} : { longest }) }, descending };
}

/** A source, of which a plan finds some or none, and what is listed among it. */
export function mergedListOf(
  db: Executor,
  source: SearchSource,
  query: ListQuery,
  plan: Plan | undefined,
  beside: Beside,
  memory: SearchMemory,
  rows: number,
): MergedList {
  const { connectionId, type } = source;
  const order = orderOf(db, source, query);
  const filter = query.filter ? printFilter(query.filter) : '';
  return {
    parts: { own: plan ? ownPart(db, plan) : noPart, beside: beside.part(query.filter, order), order },
    connectionId,
    question: `${type} and others|${questionOf(query)}`,
    filter: `${connectionId}|${type} and others|${filter}`,
    memory,
    rows,
    isWhole: !query.filter && !order.sort,
  };
}
