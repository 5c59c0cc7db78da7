import { expect } from 'chai';
import { readMerged } from '../../../modules/provisioning/search/paging/merge.ts';
import type { From, Part, Reach } from '../../../modules/provisioning/search/paging/part.ts';

describe('Two lists that are read as one', () => {
  /** A side that looks at `step` keys at a time. */
  const partOf = (keys: ReadonlySet<number>, step: number, afterwards: () => void = () => undefined): Part => ({
    async read({ place, backwards }: From): Promise<Reach> {
      const left = [...keys].filter((id) => !place || (backwards ? id < place.id : id > place.id));
      const sorted = left.sort((a, b) => (backwards ? b - a : a - b));
      const some = sorted.slice(0, step);
      const last = some.at(-1);
      afterwards();
      return {
        places: some.map((id) => ({ id })),
        ...(sorted.length > step && last !== undefined ? { frontier: { id: last } } : {}),
      };
    },
    count: async () => keys.size,
  });
  const order = { sort: undefined, descending: false };
  const budgets = () => ({ own: { left: 1000 }, beside: { left: 1000 } });
  const whole = { place: undefined, backwards: false, want: 100, mayEndEarly: false };

  it('miss and double nobody who goes over from one to the other between two statements', async () => {
    for (const [step, other] of [
      [1, 1],
      [2, 5],
      [5, 2],
      [20, 20],
    ] as const) {
      const beside = new Set(Array.from({ length: 12 }, (_, i) => i));
      const own = new Set<number>();
      const goOver = () => {
        for (const id of [...beside].filter((one) => one % 3 === 0).slice(0, 2)) {
          beside.delete(id);
          own.add(id);
        }
      };
      const parts = { own: partOf(own, step, goOver), beside: partOf(beside, other, goOver), order };
      const { found, frontier } = await readMerged(parts, whole, budgets());
      expect(found.map(({ id }) => id)).to.deep.equal(Array.from({ length: 12 }, (_, i) => i));
      expect(frontier).to.equal(undefined);
    }
  });

  it('stop where the page is full, and backwards where it is full from the other end', async () => {
    const parts = { own: partOf(new Set([1, 4, 5, 9]), 2), beside: partOf(new Set([2, 3, 6, 7, 8]), 3), order };
    const forwards = await readMerged(parts, { ...whole, want: 4 }, budgets());
    expect(forwards.found.map(({ id, isBeside }) => (isBeside ? -id : id))).to.deep.equal([1, -2, -3, 4]);
    expect(forwards.frontier).to.deep.equal({ id: 4 });
    const back = await readMerged(parts, { ...whole, place: { id: 8 }, backwards: true, want: 5 }, budgets());
    expect(back.found.map(({ id }) => id)).to.deep.equal([7, 6, 5, 4, 3]);
    expect(back.frontier).to.deep.equal({ id: 3 });
  });
});
