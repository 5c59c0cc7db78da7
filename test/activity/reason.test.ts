import { expect } from 'chai';
import fc from 'fast-check';
import { withoutValues } from '../../modules/activity/reason.ts';

describe('The reason in a record', () => {
  for (const [said, kept] of [
    ['"emails" must be unique.', '"emails" must be unique.'],
    ['The store has "ada@example.com".', 'The store has "…".'],
    ['"name.givenName" can not be "Ada Byron".', '"name.givenName" can not be "…".'],
    ['User has no attribute "a.b" at 1 of "a.b eq \\"Ada\\"".', 'User has no attribute "a.b" at 1 of "…".'],
    [
      '"urn:ietf:params:scim:schemas:core:2.0:User" is missing.',
      '"urn:ietf:params:scim:schemas:core:2.0:User" is missing.',
    ],
    ['It says "Ada', 'It says "…"'],
    ['The e-mail ada@example.com is taken.', 'The e-mail … is taken.'],
    ['The address "a"b@example.com" is taken.', 'The address "a"…"…"'],
    ['', ''],
  ] as const)
    it(`of ${JSON.stringify(said)} reads ${JSON.stringify(kept)}`, () => {
      expect(withoutValues(said)).to.equal(kept);
    });

  it('holds no quoted value that is more than a word, and stays readable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (value) => {
        const secret = `geheim ${value}`;
        const text = withoutValues(`"userName" can not be ${JSON.stringify(secret)}: it is taken.`);
        expect(text).to.equal('"userName" can not be "…": it is taken.');
      }),
      { numRuns: 300 },
    );
  });

  it('is found in time that grows with its length', () => {
    expect(withoutValues('"\\'.repeat(50_000))).to.have.length.below(100_001);
    expect(withoutValues('@'.repeat(100_000))).to.equal('…');
    expect(withoutValues('x'.repeat(200_000))).to.have.length(200_000);
  });
});
