import { expect } from 'chai';
import fc from 'fast-check';
import { aroundIds, sql } from '../../../modules/framework/index.ts';

const textOf = (ids: readonly number[]) => aroundIds(sql`n`, ids);

describe('Rows around ids', () => {
  it('are a range where the ids stand close together, whatever their order', () => {
    const { sql: text, values } = textOf([5, 3, 4, 7]);
    expect([text, values]).to.deep.equal(['n >= ? AND n <= ?', [3, 7]]);
  });

  it('are a list where a range would hold more than twice as many as are asked for', () => {
    expect(textOf([1, 5]).sql).to.equal('n IN (?,?)');
    expect(textOf([1, 4]).sql).to.equal('n >= ? AND n <= ?');
  });

  it('are at most twice as many as the ids, and all of these', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 120 }), (ids) => {
        const { sql: text, values } = textOf(ids);
        const holds = (id: number): boolean =>
          text.includes('IN') ? values.includes(id) : id >= Number(values[0]) && id <= Number(values[1]);
        const held = Array.from({ length: 401 }, (_, id) => id).filter(holds);
        expect(held).to.include.members(ids);
        expect(held.length).to.be.at.most(ids.length * 2);
      }),
    );
  });
});
