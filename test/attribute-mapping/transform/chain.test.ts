import { expect } from 'chai';
import fc from 'fast-check';
import { chainFaults, prepareChain, type TransformUse } from '../../../modules/attribute-mapping/transform/chain.ts';
import { standardTransforms } from '../../../modules/attribute-mapping/transform/standard.ts';
import { type Transform, TransformError } from '../../../modules/attribute-mapping/transform/transform.ts';
import { isUnassigned, sameJson } from '../../../modules/scim/index.ts';
import { runs } from '../../setup/runs.ts';

const chain = (...uses: TransformUse[]) => prepareChain(standardTransforms, uses);

/** Every transform under options that say something. */
const uses: readonly TransformUse[] = [
  ...standardTransforms.map(({ name, example }) => ({ name, ...example.options })),
  'country',
  'phone',
  { name: 'split', separator: ',' },
  { name: 'boolean', unreadable: 'nothing' },
  { name: 'date', unreadable: 'nothing' },
  { name: 'date', from: ['iso'], to: 'time' },
  { name: 'date', from: ['unix'], to: 'time' },
  { name: 'date', from: ['filetime'], to: 'time' },
  { name: 'date', from: ['DD/MM/YYYY HH:mm'], to: 'time' },
];

const plain = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('Anna@Example.com', 'Germany', 'DEU', '+49 171 2345678', '24.12.1990', '1990-12-24T10:00:00Z', 'yes'),
  fc.integer(),
  fc.boolean(),
);
const anything = fc.oneof(plain, fc.array(plain, { maxLength: 3 }), fc.constant(null), fc.constant(undefined));

describe('a chain of transforms', () => {
  it('applies them in their order', () => {
    expect(chain({ name: 'split', separator: '@', index: 1 }, 'upper').apply('anna@shop.example', {})).to.equal(
      'SHOP.EXAMPLE',
    );
  });

  it('is nothing but the value where there are none', () => {
    expect(chain().apply(5, {})).to.equal(5);
    expect(chain().invert?.('x', {})).to.equal('x');
  });

  it('has a way back only where each of them has one', () => {
    expect(chain('lower', 'trim').invert).to.be.a('function');
    expect(chain('lower', 'email-domain').invert).to.equal(undefined);
  });

  it('goes back the way it came', () => {
    const dates = chain({ name: 'split', separator: ';' }, { name: 'date', from: ['DD.MM.YYYY'] });
    expect(dates.invert?.(['1990-12-24'], {})).to.equal(undefined);
    expect(chain({ name: 'date', from: ['DD.MM.YYYY'] }, 'trim').invert?.('1990-12-24', {})).to.equal('24.12.1990');
    expect(chain({ name: 'boolean', yes: ['Ja'], no: ['Nein'] }).invert?.(false, {})).to.equal('Nein');
  });

  it('has no way back for a value that it would never answer', () => {
    expect(chain('lower').invert?.('Anna', {})).to.equal(undefined);
    expect(chain('lower').invert?.('anna', {})).to.equal('anna');
    expect(chain('country').invert?.('Narnia', {})).to.equal(undefined);
    expect(chain({ name: 'date', from: ['DD.MM.YYYY'], to: 'time' }).invert?.('1990-12-24T10:00:00Z', {})).to.equal(
      undefined,
    );
  });

  it('leads back to the same value, whatever it answered, wherever there is a way back', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...uses), { maxLength: 3 }), anything, (some, value) => {
        const { apply, invert } = prepareChain(standardTransforms, some);
        let there: unknown;
        try {
          there = apply(value, {});
        } catch (error) {
          if (error instanceof TransformError) return;
          throw error;
        }
        const back = invert?.(there, {});
        if (back !== undefined) expect(sameJson(apply(back, {}), there)).to.equal(true);
        expect(sameJson(apply(value, {}), there), 'a second time').to.equal(true);
      }),
      { numRuns: runs(2000) },
    );
  });

  for (const use of uses.filter((some) => chain(some).invert))
    it(`finds the way back from whatever ${JSON.stringify(use)} makes of one value`, () => {
      fc.assert(
        fc.property(plain, (value) => {
          const { apply, invert } = chain(use);
          let there: unknown;
          try {
            there = apply(value, {});
          } catch (error) {
            if (error instanceof TransformError) return;
            throw error;
          }
          // An empty list says nothing, and from nothing no way leads back.
          if (!isUnassigned(there)) expect(invert?.(there, {})).to.not.equal(undefined);
        }),
        { numRuns: runs(300) },
      );
    });

  it('says which name is unknown, and which there are', () => {
    const [fault] = chainFaults(standardTransforms, ['lower', 'lowr']);
    expect(fault).to.include({ index: 1, code: 'unknown-transform', message: 'There is no transform "lowr".' });
    expect(fault?.cure).to.contain('"lower", "upper"');
    expect(() => chain('lowr')).to.throw(TransformError, 'There is no transform "lowr"');
  });

  const wrong: readonly [use: TransformUse, words: string][] = [
    [{ name: 'split' }, '"separator" is missing'],
    [{ name: 'split', separator: 3 }, '"separator" must be string'],
    [{ name: 'country', unreadable: 'guess' }, '"unreadable" must be one of "refuse","nothing"'],
    [{ name: 'date', from: ['DD.MM'] }, 'needs YYYY, MM and DD'],
    [{ name: 'date', from: ['YYYY-MM-DD-DD'] }, 'each part once'],
    [{ name: 'boolean', yes: ['X'], no: ['x'] }, "can't mean both yes and no"],
    [{ name: 'phone', country: 'ZZ' }, 'no country code'],
  ];
  for (const [use, words] of wrong)
    it(`says what is wrong with ${JSON.stringify(use)}, with an example`, () => {
      const [fault] = chainFaults(standardTransforms, [use]);
      expect(fault?.code).to.equal('transform-options');
      expect(fault?.message).to.contain(words);
      expect(fault?.cure).to.contain('An example: {"name":');
    });

  it('takes transforms of other modules', () => {
    const reverse: Transform = {
      name: 'reverse',
      label: 'Reverse',
      description: 'Backwards.',
      options: { type: 'object', additionalProperties: false },
      example: { options: {}, from: 'ab', to: 'ba' },
      prepare: () => ({ apply: (value) => [...String(value)].reverse().join('') }),
    };
    expect(prepareChain([...standardTransforms, reverse], ['upper', 'reverse']).apply('ab', {})).to.equal('BA');
  });
});
