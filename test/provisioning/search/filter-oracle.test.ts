import { expect } from 'chai';
import fc from 'fast-check';
import { evaluate, type Filter, printFilter } from '../../../modules/scim/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { runs } from '../../setup/runs.ts';
import { filtersOf, printed } from './arbitraries.ts';
import { openSearchedStore, type SearchedStore } from './searched-store.ts';

/** Questions on their way at the same time: engine and test work side by side, and settle the same users. */
const atOnce = 6;

onBothEngines('A filter in the database', (engine) => {
  let store: SearchedStore;
  before(async function () {
    this.timeout(60_000);
    store = await openSearchedStore(engine, 40);
    expect(store.stored).to.have.length(40);
  });
  after(() => store.close());

  async function findsWhomItShould(filter: Filter): Promise<void> {
    const { keys, totalResults } = await store.search({ filter });
    const wanted = store.stored.filter((one) => evaluate(filter, one)).map(({ id }) => Number.parseInt(String(id), 10));
    expect(keys, printFilter(filter)).to.deep.equal(wanted);
    expect(totalResults, printFilter(filter)).to.equal(wanted.length);
  }

  it('finds whom it holds for as reads show them, though the store has changed their rows since', async function () {
    this.timeout(0);
    await fc.assert(
      fc.asyncProperty(printed(filtersOf(store.type, store.stored)), async ({ filter }) => {
        await store.unsettle();
        await findsWhomItShould(filter);
      }),
      { numRuns: runs(60) },
    );
  });

  it('finds them whatever it asks for, in any combination', async function () {
    this.timeout(0);
    await fc.assert(
      fc.asyncProperty(
        fc.array(printed(filtersOf(store.type, store.stored)), { minLength: atOnce, maxLength: atOnce }),
        async (filters) => {
          await Promise.all(filters.map(({ filter }) => findsWhomItShould(filter)));
        },
      ),
      { numRuns: runs(300 / atOnce) },
    );
  });
});
