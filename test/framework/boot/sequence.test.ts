import { expect } from 'chai';
import fc from 'fast-check';
import { orderModules } from '../../../modules/framework/boot/sequence.ts';
import type { Problem } from '../../../modules/framework/index.ts';
import { room } from '../kernel.ts';

const order = (modules: Parameters<typeof orderModules>[0]): { names: string[]; problems: Problem[] } => {
  const problems: Problem[] = [];
  const names = orderModules(modules, (problem) => problems.push(problem)).map(({ name }) => name);
  return { names, problems };
};

describe('module sequence', () => {
  it('puts each module after its sequence, ties by name', () => {
    const modules = [room('zoo'), room('bar', { sequence: ['zoo'] }), room('abc', { sequence: ['bar'] }), room('car')];
    expect(order(modules).names).to.deep.equal(['car', 'zoo', 'bar', 'abc']);
  });

  it('puts the framework first though nobody names it', () => {
    expect(order([room('a'), room('framework'), room('b')]).names).to.deep.equal(['framework', 'a', 'b']);
  });

  it('heeds an optional module only when it is there', () => {
    const soft = room('a', { optional: ['b'] });
    expect(order([soft, room('b')])).to.deep.equal({ names: ['b', 'a'], problems: [] });
    expect(order([soft])).to.deep.equal({ names: ['a'], problems: [] });
  });

  it('names a missing module, who needs it and the cure', () => {
    const [problem] = order([room('a', { sequence: ['gone'] })]).problems;
    expect(problem).to.include({ code: 'MODULE_MISSING', module: 'a' });
    expect(`${problem?.message} ${problem?.cure}`).to.match(/"gone".*module:enable gone/);
  });

  it('prints the whole path of a cycle, optional steps included', () => {
    const modules = [
      room('a', { sequence: ['b'] }),
      room('b', { optional: ['c'] }),
      room('c', { sequence: ['a'] }),
      room('d', { sequence: ['a'] }),
    ];
    const { names, problems } = order(modules);
    expect(names).to.deep.equal([]);
    expect(problems.map(({ code }) => code)).to.deep.equal(['MODULE_CYCLE']);
    expect(problems[0]?.message).to.contain('a → b → c → a');
  });

  it('does not depend on the order in which modules are given', () => {
    const modules = ['a', 'b', 'c', 'd', 'e'].map((name, index, all) =>
      room(name, { sequence: all.slice(index + 1).filter((_, at) => at % 2 === 0) }),
    );
    const expected = order(modules).names;
    fc.assert(
      fc.property(fc.shuffledSubarray(modules, { minLength: modules.length }), (shuffled) => {
        expect(order(shuffled).names).to.deep.equal(expected);
      }),
      { numRuns: 50 },
    );
  });
});
