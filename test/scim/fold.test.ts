import { expect } from 'chai';
import fc from 'fast-check';
import { compareCodePoints, fold, foldPart } from '../../modules/scim/index.ts';

describe('fold', () => {
  it('ignores case, blanks at the ends and compatibility forms', () => {
    expect(fold('  Anna@Example.COM ')).to.equal('anna@example.com');
    expect(fold('Ａｎｎａ')).to.equal('anna');
    expect(fold('ÅSA')).to.equal(fold('A\u030aSA')).and.to.equal('åsa');
    expect(fold('ΟΔΟΣ')).to.equal(fold('οδοσ')).and.to.equal(fold('οδος'));
  });

  it('keeps apart what only looks alike', () => {
    expect(fold('josé@x')).not.to.equal(fold('jose@x'));
    expect(fold('straße')).not.to.equal(fold('strasse'));
    expect(fold('😀')).not.to.equal(fold('😁'));
    expect(fold('Ё')).not.to.equal(fold('Е'));
  });

  it('changes nothing when done twice, for every code point alone and at the end of a word', () => {
    for (let point = 0; point <= 0x10ffff; point += 1) {
      if (point >= 0xd800 && point <= 0xdfff) continue;
      const text = String.fromCodePoint(point);
      const folded = fold(text);
      if (fold(folded) !== folded) expect.fail(`U+${point.toString(16)}`);
    }
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => fold(fold(text)) === fold(text)));
  });

  it('gives ASCII the same fold as everything else', () => {
    fc.assert(fc.property(fc.string(), (text) => fold(`${text}é`) === `${foldPart(text.trimStart())}é`));
  });

  it('keeps the blanks of a part', () => {
    expect(foldPart(' Van ')).to.equal(' van ');
  });
});

describe('compareCodePoints', () => {
  it('orders by code point where UTF-16 does not', () => {
    expect('\uff5e' < '😀').to.equal(false);
    expect(compareCodePoints('\uff5e', '😀')).to.be.lessThan(0);
    expect(compareCodePoints('a', 'a')).to.equal(0);
    expect(compareCodePoints('a', 'ab')).to.be.lessThan(0);
  });

  it('agrees with comparing code points one by one', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, (left, right) => {
        const a = Array.from(left, (character) => character.codePointAt(0) ?? 0);
        const b = Array.from(right, (character) => character.codePointAt(0) ?? 0);
        const at = a.findIndex((point, index) => point !== b[index]);
        const expected = at < 0 ? a.length - b.length : b[at] === undefined ? 1 : (a[at] ?? 0) - b[at];
        return Math.sign(compareCodePoints(left, right)) === Math.sign(expected);
      }),
    );
  });
});
