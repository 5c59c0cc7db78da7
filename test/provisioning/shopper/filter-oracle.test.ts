import { expect } from 'chai';
import fc from 'fast-check';
import { evaluate, printFilter } from '../../../modules/scim/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { runs } from '../../setup/runs.ts';
import { filtersOf, printed } from '../search/arbitraries.ts';
import type { SearchedStore } from '../search/searched-store.ts';
import { openWebsiteStore } from './website-store.ts';

onBothEngines('A filter over users and shoppers', (engine) => {
  let store: SearchedStore;
  before(async function () {
    this.timeout(60_000);
    store = await openWebsiteStore(engine, 20, 15);
    expect(store.stored).to.have.length(20 + 15 + 6);
  });
  after(() => store.close());

  it('finds whom it holds for as reads show them, whatever it asks for', async function () {
    this.timeout(0);
    await fc.assert(
      fc.asyncProperty(printed(filtersOf(store.type, store.stored)), async ({ filter }) => {
        const { keys, totalResults } = await store.search({ filter });
        const wanted = store.stored
          .filter((one) => evaluate(filter, one))
          .map(({ id }) => Number.parseInt(String(id), 10));
        expect(keys, printFilter(filter)).to.deep.equal(wanted);
        expect(totalResults, printFilter(filter)).to.equal(wanted.length);
      }),
      { numRuns: runs(200) },
    );
  });
});
