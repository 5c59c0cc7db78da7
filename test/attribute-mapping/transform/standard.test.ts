import { expect } from 'chai';
import { countries } from '../../../migrations/store-rows/countries.ts';
import { chainFaults, prepareChain, type TransformUse } from '../../../modules/attribute-mapping/transform/chain.ts';
import { alpha2ByAlpha3 } from '../../../modules/attribute-mapping/transform/country-codes.ts';
import { standardTransforms } from '../../../modules/attribute-mapping/transform/standard.ts';
import { TransformError } from '../../../modules/attribute-mapping/transform/transform.ts';
import type { Resource } from '../../../modules/scim/index.ts';

const nobody: Resource = {};
const apply = (uses: readonly TransformUse[], value: unknown, user: Resource = nobody): unknown =>
  prepareChain(standardTransforms, uses).apply(value, user);

describe('the transforms', () => {
  for (const transform of standardTransforms) {
    it(`"${transform.name}" does what its example says, which fits its own options`, () => {
      const use = { name: transform.name, ...transform.example.options };
      expect(chainFaults(standardTransforms, [use])).to.deep.equal([]);
      expect(apply([use], transform.example.from)).to.deep.equal(transform.example.to);
    });

    it(`"${transform.name}" refuses options that it does not know`, () => {
      const use = { name: transform.name, ...transform.example.options, colour: 'red' };
      const [fault] = chainFaults(standardTransforms, [use]);
      expect(fault).to.include({ index: 0, code: 'transform-options' });
      expect(fault?.message).to.contain('there is no option "colour"');
    });

    if (transform.name !== 'default')
      it(`"${transform.name}" leaves nothing as it is`, () => {
        const use = { name: transform.name, ...transform.example.options };
        expect(apply([use], undefined)).to.equal(undefined);
        expect(apply([use], null)).to.equal(null);
      });
  }

  const user: Resource = {
    addresses: [{ type: 'home', country: 'FR' }, { type: 'work', country: 'Deutschland' }, { country: 'XX' }],
  };
  const cases: readonly [use: TransformUse, from: unknown, to: unknown][] = [
    ['lower', ['A', 'B'], ['a', 'b']],
    ['upper', 'straße', 'STRASSE'],
    ['trim', ' \t ', ''],
    ['join', [{ value: 'a' }, { display: 'B' }, 3, true], 'a, B, 3, true'],
    ['join', 'alone', 'alone'],
    [{ name: 'join', separator: '|' }, [], ''],
    [{ name: 'split', separator: ',' }, 'a, b ,c', ['a', 'b', 'c']],
    [{ name: 'split', separator: ',' }, '', []],
    [{ name: 'split', separator: ',', index: -1 }, 'a,b', 'b'],
    [{ name: 'split', separator: ',', index: 5 }, 'a,b', undefined],
    ['email-domain', 'no address', undefined],
    ['email-domain', 'a@b@C.example ', 'c.example'],
    ['country', 'de', 'DE'],
    ['country', 'Germany', 'DE'],
    ['country', 'USA', 'US'],
    ['country', '276', 'DE'],
    ['country', 'Allemagne', 'DE'],
    ['country', ' united kingdom ', 'GB'],
    ['country', 'UK', 'GB'],
    ['country', 'Österreich', 'AT'],
    ['country', '日本', 'JP'],
    ['country', 'Holland', 'NL'],
    ['country', 'Kosovo', 'XK'],
    ['country', '', undefined],
    [{ name: 'country', unreadable: 'nothing' }, 'Narnia', undefined],
    ['region', ' Bavaria ', 'Bavaria'],
    ['region', 'de-by', 'BY'],
    ['region', 'Baden-Baden', 'Baden-Baden'],
    ['phone', '0171 2345678', '+491712345678'],
    ['phone', '+1 (201) 555-0123', '+12015550123'],
    ['phone', 'tel:+1-201-555-0123;ext=5', '+12015550123'],
    ['phone', 'ask Anna', 'ask Anna'],
    ['phone', '12', '12'],
    [{ name: 'phone', unreadable: 'nothing' }, 'ask Anna', undefined],
    ['date', '1990-12-24T23:30:00-11:00', '1990-12-24'],
    [{ name: 'date', to: 'time' }, '1990-12-24T23:30:00-01:00', '1990-12-25T00:30:00Z'],
    [{ name: 'date', to: 'time' }, '1990-12-24', '1990-12-24T00:00:00Z'],
    [{ name: 'date', from: ['DD.MM.YYYY', 'MM/DD/YYYY'] }, '4.1.1990', '1990-01-04'],
    [{ name: 'date', from: ['DD.MM.YYYY', 'MM/DD/YYYY'] }, '01/04/1990', '1990-01-04'],
    [{ name: 'date', from: ['YYYYMMDDHHmmssZZ'], to: 'time' }, '20240229123456.0Z', '2024-02-29T12:34:56Z'],
    [{ name: 'date', from: ['unix'], to: 'time' }, 1510067557, '2017-11-07T15:12:37Z'],
    [{ name: 'date', from: ['unix-ms'], to: 'time' }, '1510067557121', '2017-11-07T15:12:37Z'],
    [{ name: 'date', from: ['filetime'], to: 'time' }, '131545411571210000', '2017-11-07T15:12:37Z'],
    [{ name: 'date', unreadable: 'nothing' }, '2023-02-29', undefined],
    ['boolean', 'YES', true],
    ['boolean', 'off', false],
    ['boolean', 0, false],
    ['boolean', true, true],
    ['boolean', ' ', undefined],
    [{ name: 'boolean', unreadable: 'nothing' }, 'perhaps', undefined],
    [{ name: 'replace', find: '.', with: '$&' }, 'a.b.c', 'a$&b$&c'],
    [{ name: 'substring', start: -2 }, 'a👍b', '👍b'],
    [{ name: 'substring', start: 1, length: 1 }, 'a👍b', '👍'],
    [{ name: 'substring', start: -9 }, 'abc', 'abc'],
    [{ name: 'default', value: 'x' }, '', 'x'],
    [{ name: 'default', value: 0 }, [], 0],
    [{ name: 'default', value: 'x' }, false, false],
  ];
  for (const [use, from, to] of cases)
    it(`${JSON.stringify(use)} makes ${JSON.stringify(to)} of ${JSON.stringify(from)}`, () => {
      expect(apply([use], from, user)).to.deep.equal(to);
    });

  const refusals: readonly [use: TransformUse, value: unknown, words: string][] = [
    ['lower', { a: 1 }, 'takes text'],
    ['join', [{ a: 1 }], 'a list of texts'],
    ['country', 'Narnia', '"Narnia" is no country that is known here; send its code'],
    ['country', '999', 'no country'],
    ['date', '24.12.1990', 'no date as iso has it'],
    ['date', '1990-13-01', 'no date'],
    [{ name: 'date', from: ['YYYYMMDD'] }, '1990111', 'no date'],
    ['boolean', 'perhaps', '"perhaps" means neither yes nor no; send one of "true"'],
    [{ name: 'phone', unreadable: 'refuse' }, 'ask Anna', "can't be read as a phone number"],
  ];
  for (const [use, value, words] of refusals)
    it(`${JSON.stringify(use)} refuses ${JSON.stringify(value)} and says what to do`, () => {
      expect(() => apply([use], value))
        .to.throw(TransformError)
        .that.satisfies((error: TransformError) => error.code === 'value' && error.message.includes(words));
    });

  it('take the country of a number from the option where the user has no address', () => {
    expect(apply([{ name: 'phone', country: 'GB' }], '020 7946 0018')).to.equal('+442079460018');
    expect(apply(['phone'], '020 7946 0018')).to.equal('020 7946 0018');
    expect(apply(['phone'], '020 7946 0018', { country_code: 'uk' })).to.equal('+442079460018');
  });

  it('know every country by its English name and by both its codes', () => {
    const english = new Intl.DisplayNames(['en'], { type: 'region' });
    for (const [three, two] of alpha2ByAlpha3)
      for (const said of [two, three, english.of(two)]) expect(apply(['country'], said), `${said}`).to.equal(two);
    expect(alpha2ByAlpha3.size).to.equal(249);
    // The store's own directory knows one more, which was dissolved.
    for (const { iso2, iso3 } of countries) if (iso2 !== 'AN') expect(apply(['country'], iso3), iso3).to.equal(iso2);
  });

  it('prefer the primary address for it', () => {
    const addresses = [
      { type: 'work', country: 'DE' },
      { primary: true, country: 'GB' },
    ];
    expect(apply(['phone'], '020 7946 0018', { addresses })).to.equal('+442079460018');
  });
});
