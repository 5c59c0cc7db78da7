import { expect } from 'chai';
import fc from 'fast-check';
import { BoundedCache } from '../../../modules/framework/database/bounded-cache.ts';
import { sqlTimestamp } from '../../../modules/framework/database/sql.ts';
import { tableNames } from '../../../modules/framework/database/table-names.ts';

const name = fc.stringMatching(/^[a-z_][a-z0-9_]{0,30}$/);
const noBraces = fc.string().filter((text) => !/[{}]/.test(text));

describe('tableNames', () => {
  it('puts the prefix before every name in braces', () => {
    const expand = tableNames('shop_');
    expect(expand('SELECT * FROM {a} JOIN {b_2} ON {a}.id = {b_2}.id')).to.equal(
      'SELECT * FROM shop_a JOIN shop_b_2 ON shop_a.id = shop_b_2.id',
    );
  });

  it('leaves JSON and other braces alone', () => {
    const text = `SELECT '{}', '{"a":1}', '{ a }', '{1}', '{a-b}', '{' FROM {t}`;
    expect(tableNames('p_')(text)).to.equal(text.replace('{t}', 'p_t'));
  });

  it('changes only the names, whatever stands between them, also when asked again', () => {
    const parts = fc.array(fc.tuple(noBraces, name), { maxLength: 6 });
    fc.assert(
      fc.property(parts, noBraces, fc.stringMatching(/^[a-z_]{0,8}$/), (pairs, tail, prefix) => {
        const text = pairs.map(([before, table]) => `${before}{${table}}`).join('') + tail;
        const expected = pairs.map(([before, table]) => before + prefix + table).join('') + tail;
        const expand = tableNames(prefix);
        return expand(text) === expected && expand(text) === expected;
      }),
      { numRuns: 200 },
    );
  });
});

describe('BoundedCache', () => {
  it('drops the entry used longest ago and says which', () => {
    const dropped: string[] = [];
    const cache = new BoundedCache<number>(3, (key, value) => dropped.push(`${key}=${value}`));
    for (const [value, key] of ['a', 'b', 'c'].entries()) cache.set(key, value);
    expect(cache.get('a')).to.equal(0);
    cache.set('d', 3);
    expect(dropped).to.deep.equal(['b=1']);
    expect(cache.size).to.equal(3);
    expect(cache.get('a')).to.equal(0);
    expect(cache.get('b')).to.equal(undefined);
  });
});

describe('sqlTimestamp', () => {
  it('writes UTC seconds and cuts fractions off', () => {
    expect(sqlTimestamp(new Date('2026-03-01T00:30:59.999+02:00'))).to.equal('2026-02-28 22:30:59');
  });
});
