import type { Connection } from '../../connection/index.ts';
import { join, type Sql, sql } from '../../framework/index.ts';
import { evaluate, type Filter, type Resource } from '../../scim/index.ts';
import type { Room } from '../room.ts';
import { keyDriver, type Place, type State } from '../search/paging/driver.ts';
import { type Beside, comparing, type From, type Order, type Part, type Reach } from '../search/paging/part.ts';
import { type Budget, breathe, readChunk } from '../search/paging/reader.ts';
import type { SearchSource } from '../search/source.ts';
import { isDecidedByTimes, narrowed } from './narrowing.ts';
import { readShoppers } from './reading.ts';
import { renderShopper } from './render.ts';
import { sortValue } from './sort-value.ts';

/** The customers of a connection's website that nobody manages, as users to be listed. Made for one request. */
export interface Shoppers extends Beside {
  /** As users, by their ids; those gone meanwhile are left out. */
  show(ids: readonly number[]): Promise<ReadonlyMap<number, Resource>>;
}

/** Rows that are rendered to be looked at before others get their turn. */
const together = 1_000;

/** In the order of the keys; whoever has a manager, be it as a tombstone, is turned down. */
const sourceOf = ({ dialect }: Room['database'], { id, websiteId }: Connection): SearchSource => ({
  type: 'User',
  connectionId: id,
  key: sql`c.entity_id`,
  from: sql`{customer_entity} c`,
  listing: sql`{customer_entity} c ${dialect.readBy('customer_entity_website_id')}`,
  scope: sql`c.website_id = ${websiteId}`,
  joins: { manager: sql`LEFT JOIN {vestibule_user} u ON u.customer_id = c.entity_id` },
  attribute: () => undefined,
});

const unmanaged = sql`u.customer_id IS NULL AND c.email IS NOT NULL`;

export function shoppersOf(room: Room, connection: Connection, baseUrl: string): Shoppers {
  const { database, customers } = room;
  const mapping = room.mapping.of(connection);
  const source = sourceOf(database, connection);
  const rendered = new Map<number, Resource>();

  const render = async (ids: readonly number[]): Promise<readonly Resource[]> =>
    (await readShoppers(database, customers, mapping, ids)).map((one) => renderShopper(one, mapping, baseUrl));

  function part(filter: Filter | undefined, order: Order): Part {
    const { lookUps, condition } = filter ? narrowed(filter, { mapping, websiteId: connection.websiteId }) : {};
    if (lookUps?.length === 0) return { read: async () => ({ places: [] }), count: async () => 0 };
    const conditions: readonly Sql[] = condition ? [unmanaged, condition] : [unmanaged];
    const decided = filter !== undefined && condition !== undefined && isDecidedByTimes(filter);
    // The database passes over who has not changed, so that they cost no budget.
    const asked = decided ? { ...source, scope: sql`${source.scope} AND ${condition}` } : source;
    const question = {
      source: asked,
      condition: { condition: join([...conditions], ' AND '), needs: new Set(['manager']), targets: new Set<string>() },
    };
    const driverOf = (backwards: boolean) =>
      keyDriver(asked, lookUps, (!order.sort && order.descending) === backwards ? 'ASC' : 'DESC');
    const { sort } = order;

    /** Those in the next chunk for whom the filter holds. */
    async function chunkAt(backwards: boolean, at: State, size: number, budget: Budget) {
      const chunk = await readChunk(database, question, driverOf(backwards), at, size, budget);
      if (!filter && !sort) return { ...chunk, resources: [] };
      const shown = new Map((await render(chunk.hits.map(({ id }) => id))).map((one) => [Number(one.id), one]));
      const resources = chunk.hits.flatMap(({ id }) => {
        const resource = shown.get(id);
        return resource && (!filter || evaluate(filter, resource)) ? [resource] : [];
      });
      return { ...chunk, hits: resources.map(({ id }) => ({ id: Number(id) })), resources };
    }

    async function read(from: From, budget: Budget): Promise<Reach> {
      if (sort) return (await readSorted(from, budget)).reach;
      const { place, backwards, size } = from;
      const driver = driverOf(backwards);
      const start = place ? driver.after(place) : driver.start;
      const { hits, resources, last, next } = await chunkAt(
        backwards,
        start,
        filter ? Math.min(size, together) : size,
        budget,
      );
      for (const resource of resources) rendered.set(Number(resource.id), resource);
      return { places: hits, ...(next && last ? { frontier: last } : {}) };
    }

    /** Values of which no index is: everybody is looked at, and the first of them kept. */
    async function readSorted({ place, backwards, want }: Omit<From, 'size'>, budget: Budget) {
      const compare = comparing(order, backwards);
      let places: Place[] = [];
      let matched = 0;
      for (let at: State | undefined = driverOf(false).start; at; ) {
        const { resources, next }: Awaited<ReturnType<typeof chunkAt>> = await chunkAt(false, at, together, budget);
        const found = resources
          .map((one) => ({ id: Number(one.id), v: sort ? sortValue(one, sort) : null }))
          .filter((one) => !place || compare(one, place) > 0);
        matched += found.length;
        places = [...places, ...found].sort(compare).slice(0, want);
        at = next;
        if (at) await breathe();
      }
      const last = places.at(-1);
      return { matched, reach: { places, ...(matched > want && last ? { frontier: last } : {}) } };
    }

    async function count(place: Place | undefined, budget: Budget): Promise<number> {
      if (sort) return (await readSorted({ place, backwards: false, want: 1 }, budget)).matched;
      const driver = driverOf(false);
      const start = place ? driver.after(place) : driver.start;
      if (!filter || decided) {
        const counted = await database.first<{ n: number }>(
          sql`SELECT COUNT(*) AS n FROM {customer_entity} c ${source.joins.manager ?? sql``} WHERE ${asked.scope} AND ${unmanaged}${behind(place, order)}`,
        );
        return Number(counted?.n ?? 0);
      }
      let matched = 0;
      for (let at: State | undefined = start; at; ) {
        const { hits, next }: Awaited<ReturnType<typeof chunkAt>> = await chunkAt(false, at, together, budget);
        matched += hits.length;
        at = next;
        if (at) await breathe();
      }
      return matched;
    }
    return { read, count };
  }

  return {
    part,
    async show(ids) {
      for (const one of await render(ids.filter((id) => !rendered.has(id)))) rendered.set(Number(one.id), one);
      return rendered;
    },
  };
}

const behind = (place: Place | undefined, { descending }: Order): Sql => {
  if (!place) return sql``;
  return descending ? sql` AND c.entity_id < ${place.id}` : sql` AND c.entity_id > ${place.id}`;
};
