import { expect } from 'chai';
import { rowShape, shapedRow } from '../../../../modules/framework/database/sqlite/rows.ts';

describe('Rows of SQLite', () => {
  const column = (name: string, type: string | null) => ({ name, type });

  it('show decimals with the digits of their column, and all else as it is', () => {
    const types = ['DECIMAL(12,4)', 'numeric( 5 , 2 )', 'decimal(6)', 'NUMERIC', 'DOUBLE', 'INTEGER', null];
    const shape = rowShape(types.map((type, index) => column(`c${index}`, type)));
    expect(shapedRow(shape, [1.5, 0.1, 7, 1.25, 0.5, 3, 'x'])).to.deep.equal({
      c0: '1.5000',
      c1: '0.10',
      c2: '7',
      c3: 1.25,
      c4: 0.5,
      c5: 3,
      c6: 'x',
    });
    expect(shapedRow(shape, [null, null, null, null, null, null, null]).c0).to.equal(null);
  });
});
