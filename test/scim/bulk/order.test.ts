import { expect } from 'chai';
import fc from 'fast-check';
import { orderByDependency } from '../../../modules/scim/bulk/order.ts';
import { runs } from '../../setup/runs.ts';

describe('orderByDependency', () => {
  it('leaves operations that refer to nothing, or to earlier ones, as they were sent', () => {
    expect(orderByDependency([[], [], [0], [2, 0]]).sequence).to.deep.equal([0, 1, 2, 3]);
  });

  it('lets one that refers to a later one wait, and runs it right after that', () => {
    expect(orderByDependency([[2], [], [], []]).sequence).to.deep.equal([1, 2, 0, 3]);
    expect(orderByDependency([[1], [3], [], []]).sequence).to.deep.equal([2, 3, 1, 0]);
  });

  it('tells those in a circle from those that only lead into one', () => {
    const { sequence, circular } = orderByDependency([[1], [0], [1], [3], []]);
    expect(sequence).to.deep.equal([4, 0, 1, 2, 3]);
    expect([...circular]).to.have.members([0, 1, 3]);
  });

  it('takes thousands in a chain', () => {
    const chain = Array.from({ length: 10_000 }, (_, at) => (at === 9999 ? [] : [at + 1]));
    expect(orderByDependency(chain).sequence[0]).to.equal(9999);
    expect(orderByDependency([...chain.slice(0, -1), [0]]).circular.size).to.equal(10_000);
  });

  const graphs = fc
    .integer({ min: 1, max: 12 })
    .chain((size) => fc.array(fc.array(fc.integer({ min: 0, max: size - 1 }), { maxLength: 3 }), fixed(size)));

  it('holds every operation once; those that can run stand after all they refer to', () => {
    fc.assert(
      fc.property(graphs, (needs) => {
        const { sequence, circular } = orderByDependency(needs);
        expect([...sequence].sort((a, b) => a - b)).to.deep.equal(needs.map((_, at) => at));
        const place = new Map(sequence.map((at, index) => [at, index]));
        const stuck = reaching(needs, (at) => reachable(needs, at).has(at));
        for (const at of sequence) {
          if (stuck.has(at)) continue;
          for (const need of needs[at] ?? []) expect(place.get(need)).to.be.below(place.get(at) ?? 0);
        }
        needs.forEach((_, at) => {
          const inCircle = reachable(needs, at).has(at);
          if (inCircle) expect(circular.has(at)).to.equal(true);
          if (!stuck.has(at)) expect(circular.has(at)).to.equal(false);
        });
        expect(sequence.slice(needs.length - stuck.size).every((at) => stuck.has(at))).to.equal(true);
      }),
      { numRuns: runs(300) },
    );
  });
});

const fixed = (size: number) => ({ minLength: size, maxLength: size });

/** What an operation refers to, by way of others too. */
function reachable(needs: readonly (readonly number[])[], from: number): ReadonlySet<number> {
  const found = new Set<number>();
  const open = [...(needs[from] ?? [])];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (found.has(at)) continue;
    found.add(at);
    open.push(...(needs[at] ?? []));
  }
  return found;
}

/** Those in a circle and those that lead into one. */
function reaching(needs: readonly (readonly number[])[], bad: (at: number) => boolean): ReadonlySet<number> {
  const places = needs.map((_, at) => at);
  return new Set(places.filter((at) => bad(at) || [...reachable(needs, at)].some(bad)));
}
