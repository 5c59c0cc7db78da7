import { expect } from 'chai';
import fc from 'fast-check';
import { type AttributePath, evaluate, type ListQuery, printFilter, printPath } from '../../../modules/scim/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { runs } from '../../setup/runs.ts';
import { filtersOf } from './arbitraries.ts';
import { idOf, sortablePaths, sorted, walkedByCursor, walkedByIndex } from './order.ts';
import { openSearchedStore, type SearchedStore } from './searched-store.ts';

interface Question {
  readonly query: Pick<ListQuery, 'filter' | 'sortBy' | 'sortOrder'>;
  readonly count: number;
  readonly byCursor: boolean;
}

/** Walks at the same time: engine and test work side by side. */
const atOnce = 6;

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
      // A walk in pages of one takes as many searches as there are users: seldom is often enough.
      count: fc.oneof(
        { weight: 1, arbitrary: fc.constantFrom(1, 2) },
        { weight: 4, arbitrary: fc.constantFrom(3, 7, 13, 20, 39, 40, 41) },
      ),
      byCursor: fc.boolean(),
    });
    const told: fc.Arbitrary<Question> = question.map(({ filter, sortBy, count, sortOrder, byCursor }) => ({
      query: { sortOrder, ...(filter ? { filter } : {}), ...(sortBy ? { sortBy } : {}) },
      count,
      byCursor,
      [fc.toStringMethod]: () =>
        `${filter ? printFilter(filter) : ''} by ${sortBy ? printPath(sortBy) : 'id'} ${sortOrder} count ${count} ${byCursor ? 'cursor' : 'index'}`,
    }));
    const isTheSame = async ({ query, count, byCursor }: Question) => {
      const { filter, sortBy, sortOrder } = query;
      const found = filter ? store.stored.filter((one) => evaluate(filter, one)) : store.stored;
      const wanted = sortBy ? sorted(found, sortBy, sortOrder === 'descending') : found.map(idOf);
      if (!byCursor) expect(await walkedByIndex(store, query, count)).to.deep.equal(wanted);
      else expect(await walkedByCursor(store, query, count)).to.deep.equal({ there: wanted, back: wanted });
    };
    await fc.assert(
      fc.asyncProperty(fc.array(told, { minLength: atOnce, maxLength: atOnce }), async (questions) => {
        await Promise.all(questions.map(isTheSame));
      }),
      { numRuns: runs(24 / atOnce) },
    );
  });
});
