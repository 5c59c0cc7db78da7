import { expect } from 'chai';
import fc from 'fast-check';
import { csvCell, withoutGuard } from '../../modules/framework/index.ts';
import { joined, multiselectCodec, selectCodec, split } from '../../modules/transfer/column/choice.ts';
import { countryFinder } from '../../modules/transfer/column/country.ts';
import { flagOf } from '../../modules/transfer/column/flag.ts';
import { dayCodec, momentOf } from '../../modules/transfer/column/moment.ts';
import { ValueRefused } from '../../modules/transfer/transfer-error.ts';

describe('the values of columns', () => {
  it('reads dates in the forms that Magento takes, into UTC', () => {
    const read = (text: string): string => momentOf(text).at;
    expect(read('2024-02-29')).to.equal('2024-02-29 00:00:00');
    expect(read('2024-2-9 7:05')).to.equal('2024-02-09 07:05:00');
    expect(read('2024-02-29T23:30:15.123+02:00')).to.equal('2024-02-29 21:30:15');
    expect(read('2024-02-29 23:30:15 -0130')).to.equal('2024-03-01 01:00:15');
    expect(read('10/15/12 22:49')).to.equal('2012-10-15 22:49:00');
    expect(read('12/31/1970')).to.equal('1970-12-31 00:00:00');
    expect(read('1/2/70')).to.equal('1970-01-02 00:00:00');
    expect(read('31.12.1990')).to.equal('1990-12-31 00:00:00');
  });

  it('guesses no date that could mean another', () => {
    for (const text of ['31/12/1990', '2023-02-29', '31.12.90', 'tomorrow', '2024', '0012-01-01', '2024-01-01 25:00'])
      expect(() => momentOf(text), text).to.throw(ValueRefused, 'is no date that can be read for certain');
  });

  it('drops the time of a day, and lets no zone move it', () => {
    expect(dayCodec.toValue('1990-12-31 23:59:59 -08:00')).to.equal('1990-12-31');
    expect(() => dayCodec.toValue('1990-12-31 noon')).to.throw(ValueRefused);
  });

  it('takes yes and no as people and machines write them', () => {
    expect(['1', 'Yes', ' y ', 'TRUE'].map(flagOf)).to.deep.equal([true, true, true, true]);
    expect(['0', 'no', 'N', 'false'].map(flagOf)).to.deep.equal([false, false, false, false]);
    expect(() => flagOf('maybe')).to.throw(ValueRefused, '"maybe" is neither yes nor no');
  });

  it('finds a choice by its label, and writes the id of one whose label would lead elsewhere', () => {
    const options = [
      { id: 4, label: 'Gold' },
      { id: 5, label: 'gold ' },
      { id: 6, label: '7' },
      { id: 7, label: 'Tin' },
    ];
    const codec = selectCodec('tier', { is: 'int', min: 0, max: 100 }, options);
    expect(codec.toValue(' GOLD')).to.equal(4);
    expect([4, 5, 6, 7].map((id) => codec.toText(id))).to.deep.equal(['Gold', '5', '7', 'Tin']);
    expect([4, 5, 6, 7].map((id) => codec.toValue(codec.toText(id)))).to.deep.equal([4, 5, 6, 7]);
    expect(() => codec.toValue('Lead')).to.throw(ValueRefused, '"Lead" is none of the choices. Write one of: Gold,');
  });

  it('keeps several choices apart, whatever their labels hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }).filter((label) => label.trim() === label)), (labels) => {
        expect(split(joined(labels))).to.deep.equal(labels.filter((label) => label !== ''));
      }),
    );
    const options = [
      { id: 1, label: 'Tea' },
      { id: 2, label: 'Cake, sweet' },
    ];
    const codec = multiselectCodec('likes', { is: 'text', max: 255 }, options);
    expect(codec.toText('2,1')).to.equal('"Cake, sweet",Tea');
    expect(codec.toValue('tea, "Cake, sweet"')).to.equal('1,2');
  });

  it('knows countries by their codes and their English names', () => {
    const countryOf = countryFinder([
      { country_id: 'US', iso3_code: 'USA' },
      { country_id: 'CI', iso3_code: 'CIV' },
      { country_id: 'GB', iso3_code: 'GBR' },
    ]);
    expect(['us', 'USA', 'the United States', "Cote d'Ivoire", 'United Kingdom', 'UK'].map(countryOf)).to.deep.equal([
      'US',
      'US',
      'US',
      'CI',
      'GB',
      'GB',
    ]);
    expect(() => countryOf('Utopia')).to.throw(ValueRefused, '"Utopia" is no country of this store');
  });

  it('guards formulas so that the guard can be taken away again', () => {
    const asRead = (cell: string): string => cell.slice(1, -1).replaceAll('""', '"');
    const texts = fc.oneof(fc.string(), fc.stringMatching(/^'{0,2}[=+@\t -]{0,2}1$/));
    fc.assert(
      fc.property(texts, (text) => {
        const cell = asRead(csvCell(text));
        expect(cell).not.to.match(/^\s*[=+\-@]/);
        expect(withoutGuard(cell)).to.equal(text.replaceAll('\0', ''));
      }),
    );
  });
});
