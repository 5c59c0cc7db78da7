import { expect } from 'chai';
import fc from 'fast-check';
import { type AttributePath, evaluate, printFilter, printPath } from '../../../modules/scim/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { runs } from '../../setup/runs.ts';
import { filtersOf } from './arbitraries.ts';
import { idOf, sortablePaths, sorted, walked, walkedBack } from './order.ts';
import { openSearchedStore, type SearchedStore } from './searched-store.ts';

onBothEngines('A sorted list', (engine) => {
  let store: SearchedStore;
  let paths: readonly AttributePath[];
  before(async function () {
    this.timeout(60_000);
    store = await openSearchedStore(engine, 40);
    paths = sortablePaths(store.type);
  });
  after(() => store.close());

  it('has the order of the fold’s code points on every attribute, missing values at the end, ties by id', async function () {
    this.timeout(0);
    for (const sortBy of paths)
      for (const sortOrder of ['ascending', 'descending'] as const) {
        await store.unsettle();
        const { keys } = await store.search({ sortBy, sortOrder });
        expect(keys, `${printPath(sortBy)} ${sortOrder}`).to.deep.equal(
          sorted(store.stored, sortBy, sortOrder === 'descending'),
        );
      }
  });

  it('is the same page by page, forwards and backwards, with any filter', async function () {
    this.timeout(0);
    const question = fc.record({
      filter: fc.option(filtersOf(store.type, store.stored), { nil: undefined }),
      sortBy: fc.option(fc.constantFrom(...paths), { nil: undefined }),
      sortOrder: fc.constantFrom('ascending' as const, 'descending' as const),
      count: fc.constantFrom(1, 2, 3, 7, 39, 40, 41),
      byCursor: fc.boolean(),
    });
    const told = question.map(({ filter, sortBy, count, sortOrder, byCursor }) => ({
      query: { sortOrder, ...(filter ? { filter } : {}), ...(sortBy ? { sortBy } : {}) },
      count,
      byCursor,
      [fc.toStringMethod]: () =>
        `${filter ? printFilter(filter) : ''} by ${sortBy ? printPath(sortBy) : 'id'} ${sortOrder} count ${count} ${byCursor ? 'cursor' : 'index'}`,
    }));
    await fc.assert(
      fc.asyncProperty(told, async ({ query, count, byCursor }) => {
        const { filter, sortBy, sortOrder } = query;
        const found = filter ? store.stored.filter((one) => evaluate(filter, one)) : store.stored;
        const wanted = sortBy ? sorted(found, sortBy, sortOrder === 'descending') : found.map(idOf);
        expect(await walked(store, query, count, byCursor)).to.deep.equal(wanted);
        if (!byCursor || wanted.length === 0) return;
        expect(await walkedBack(store, query, count)).to.deep.equal(wanted);
      }),
      { numRuns: runs(24) },
    );
  });
});
