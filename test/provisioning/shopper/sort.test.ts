import { expect } from 'chai';
import fc from 'fast-check';
import { type AttributePath, evaluate, printFilter, printPath } from '../../../modules/scim/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { runs } from '../../setup/runs.ts';
import { filtersOf } from '../search/arbitraries.ts';
import { idOf, sortablePaths, sorted, walkedByCursor, walkedByIndex } from '../search/order.ts';
import type { SearchedStore } from '../search/searched-store.ts';
import { openWebsiteStore } from './website-store.ts';

onBothEngines('A sorted list of users and shoppers', (engine) => {
  let store: SearchedStore;
  let paths: readonly AttributePath[];
  before(async function () {
    this.timeout(60_000);
    store = await openWebsiteStore(engine, 20, 15);
    paths = sortablePaths(store.type);
  });
  after(() => store.close());

  it('is one list on every attribute, missing values at the end, ties by id', async function () {
    this.timeout(0);
    for (const sortBy of paths)
      for (const sortOrder of ['ascending', 'descending'] as const) {
        const { keys } = await store.search({ sortBy, sortOrder });
        expect(keys, `${printPath(sortBy)} ${sortOrder}`).to.deep.equal(
          sorted(store.stored, sortBy, sortOrder === 'descending'),
        );
      }
  });

  it('meets both of a user and a shopper with the same value, on whatever side of a page they stand', async function () {
    this.timeout(0);
    for (const name of ['userName', 'displayName', 'meta.lastModified', 'active'])
      for (const sortOrder of ['ascending', 'descending'] as const) {
        const sortBy = paths.find((path) => printPath(path) === name);
        if (!sortBy) throw new Error(`nothing is called ${name}`);
        const wanted = sorted(store.stored, sortBy, sortOrder === 'descending');
        const said = `${name} ${sortOrder}`;
        const { there } = await walkedByCursor(store, { sortBy, sortOrder }, 1);
        expect(there, said).to.deep.equal(wanted);
        const both = await walkedByCursor(store, { sortBy, sortOrder }, 3);
        expect(both, said).to.deep.equal({ there: wanted, back: wanted });
      }
  });

  it('is the same page by page, forwards and backwards, with any filter', async function () {
    this.timeout(0);
    const question = fc.record({
      filter: fc.option(filtersOf(store.type, store.stored), { nil: undefined }),
      sortBy: fc.option(fc.constantFrom(...paths), { nil: undefined }),
      sortOrder: fc.constantFrom('ascending' as const, 'descending' as const),
      count: fc.constantFrom(1, 2, 3, 7, 40, 41, 42),
      byCursor: fc.boolean(),
    });
    const told = question.map((one) => ({
      ...one,
      [fc.toStringMethod]: () =>
        `${one.filter ? printFilter(one.filter) : ''} by ${one.sortBy ? printPath(one.sortBy) : 'id'} ${one.sortOrder} count ${one.count} ${one.byCursor ? 'cursor' : 'index'}`,
    }));
    await fc.assert(
      fc.asyncProperty(told, async ({ filter, sortBy, sortOrder, count, byCursor }) => {
        const query = { sortOrder, ...(filter ? { filter } : {}), ...(sortBy ? { sortBy } : {}) };
        const found = filter ? store.stored.filter((one) => evaluate(filter, one)) : store.stored;
        const wanted = sortBy ? sorted(found, sortBy, sortOrder === 'descending') : found.map(idOf);
        if (!byCursor) expect(await walkedByIndex(store, query, count)).to.deep.equal(wanted);
        else expect(await walkedByCursor(store, query, count)).to.deep.equal({ there: wanted, back: wanted });
      }),
      { numRuns: runs(24) },
    );
  });
});
