import { ok, type StoreAnswer, type StoreRequest } from '../http/exchange.ts';
import { cursorMeta, pageMeta, pagingParameters, readPaging } from '../http/paging.ts';
import { Parameters } from '../http/parameters.ts';
import { unfit } from '../refusal.ts';
import { filterOf, filterParameters, sortOf } from './filter.ts';
import type { CustomerParts, CustomerReading } from './reading.ts';
import { type Include, includes } from './shown-customer.ts';

/** @throws StoreRefusal 422 */
function includeOf(parameters: Parameters): ReadonlySet<Include> {
  const asked = parameters.list('include') ?? [];
  const known = includes.filter((one) => asked.includes(one));
  if (known.length === asked.length) return new Set(known);
  throw unfit('include', `"include" has to be some of ${includes.join(', ')}.`);
}

/**
 * `GET /customers`. A walk by numbers goes on where the page before ended, as SCIM's by startIndex does; one by cursor is
 * exact whichever server answers, and counts nobody.
 */
export function createList({ database, desk }: CustomerParts, reading: CustomerReading) {
  return async ({ caller, query }: StoreRequest): Promise<StoreAnswer> => {
    const parameters = new Parameters(query, [...filterParameters, 'include', ...pagingParameters]);
    const paging = readPaging(parameters);
    const include = includeOf(parameters);
    const sort = sortOf(parameters);
    const asked = parameters.ids('id:in') ?? [];
    const scimIds = await desk.idsOf(database, caller.connection, asked);
    const filter = filterOf(parameters, (id) => scimIds.get(id) ?? String(id));
    const { page, limit, after, before } = paging;
    if (filter === null) return ok([], pageMeta(query, paging, { count: 0, total: 0 }));
    const cursor = after ?? before;
    const place = cursor === undefined ? { startIndex: (page - 1) * limit + 1 } : { cursor };
    const found = await reading.find(caller, {
      ...(filter === undefined ? {} : { filter }),
      ...sort,
      ...place,
      count: limit,
    });
    const data = await reading.show(found.users, include);
    const count = data.length;
    return cursor === undefined
      ? ok(data, pageMeta(query, paging, { count, total: found.total ?? count }))
      : ok(data, cursorMeta(query, paging, { count, start: found.previous, end: found.next }));
  };
}
