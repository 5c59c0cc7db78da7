import { expect } from 'chai';
import fc from 'fast-check';
import { understandAuthorization } from '../../modules/connection/authorization-header.ts';
import { runs } from '../setup/runs.ts';

const bare = 'The token came without "Bearer"; it was accepted.';
const twice = '"Bearer" was sent more than once; it was accepted.';
const quotes = 'The token came in quotes; it was accepted.';
const blanks = 'There were stray blanks around the token; it was accepted.';

/** What is understood as the token `abc`, and what is noted about it. */
const understood: readonly (readonly [header: string, ...notes: string[]])[] = [
  ['Bearer abc'],
  ['bearer abc'],
  ['BEARER abc'],
  ['bEaReR abc'],
  ['abc', bare],
  ['Bearer  abc', blanks],
  ['Bearer\tabc', blanks],
  ['Bearer \t abc', blanks],
  [' Bearer abc', blanks],
  ['Bearer abc ', blanks],
  ['\tBearer abc\t', blanks],
  ['Bearer abc\r\n', blanks],
  [' abc', bare, blanks],
  ['abc\t', bare, blanks],
  ['Bearer Bearer abc', twice],
  ['Bearer bearer abc', twice],
  ['bearer BEARER Bearer abc', twice],
  ['Bearer  Bearer  abc', twice],
  ['"abc"', bare, quotes],
  ["'abc'", bare, quotes],
  ['Bearer "abc"', quotes],
  ["Bearer 'abc'", quotes],
  ['Bearer" abc"', quotes],
  ['Bearer"abc"', quotes],
  ['"Bearer abc"', quotes],
  ["'bearer abc'", quotes],
  ['Bearer "Bearer abc"', twice, quotes],
  ['"Bearer Bearer abc"', twice, quotes],
  ['Bearer ""abc""', quotes],
  ['Bearer " abc "', quotes],
  [' "abc" ', bare, quotes, blanks],
];

/** What holds no token that could be meant. */
const refused: readonly (readonly [what: string, header: string | undefined])[] = [
  ['no header', undefined],
  ['an empty one', ''],
  ['blanks', '   '],
  ['a tab', '\t'],
  ['Bearer alone', 'Bearer'],
  ['Bearer twice', 'bearer Bearer'],
  ['Bearer and a blank', 'Bearer '],
  ['Bearer and a tab', 'Bearer\t'],
  ['empty quotes', '""'],
  ['Bearer and empty quotes', 'Bearer ""'],
  ['Bearer and quoted blanks', 'Bearer "  "'],
  ['two words', 'Bearer abc def'],
  ['two bare words', 'abc def'],
  ['two tokens', 'Bearer abc, Bearer abc'],
  ['words that a tab parts', 'Bearer abc\tdef'],
  ['words that a line break parts', 'Bearer abc\r\ndef'],
  ['words that a no-break space parts', 'Bearer abc\u00a0def'],
  ['Basic', 'Basic dXNlcjpwYXNz'],
  ['Basic in mixed case', 'bAsIc dXNlcjpwYXNz'],
  ['Basic behind Bearer', 'Bearer Basic dXNlcjpwYXNz'],
  ['Digest', 'Digest username="abc", realm="x"'],
  ['Token', 'Token abc'],
  ['513 characters', `Bearer ${'a'.repeat(506)}`],
  ['a megabyte', 'Bearer '.repeat(150_000)],
];

/** One word remains, though it can be no token of ours; the verifier refuses it. */
const oddWords: readonly (readonly [header: string, token: string])[] = [
  ['Bearerabc', 'Bearerabc'],
  ['Bearer:abc', 'Bearer:abc'],
  ['"', '"'],
  ['Bearer "abc', '"abc'],
  ['Bearer abc"', 'abc"'],
  ['Bearer \u201cabc\u201d', '\u201cabc\u201d'],
  ['Bearer a\u0301bc\ud83d\ude00', 'a\u0301bc\ud83d\ude00'],
  [`Bearer ${'a'.repeat(505)}`, 'a'.repeat(505)],
];

describe('An Authorization header', () => {
  for (const [header, ...notes] of understood)
    it(`means abc: ${JSON.stringify(header)}${notes.length > 0 ? ', noted' : ''}`, () => {
      expect(understandAuthorization(header)).to.deep.equal({ token: 'abc', notes });
    });

  for (const [what, header] of refused)
    it(`means nothing: ${what}`, () => {
      expect(understandAuthorization(header)).to.equal(undefined);
    });

  for (const [header, token] of oddWords)
    it(`leaves to the verifier: ${JSON.stringify(header.slice(0, 30))}`, () => {
      expect(understandAuthorization(header)?.token).to.equal(token);
    });

  it('of any text throws nothing and leaves a single word that stood in it', () => {
    const parts = fc.constantFrom('Bearer', 'bearer', ' ', '\t', '"', "'", 'abc', 'vsb_x', '\u00a0', 'é', '\0', ',');
    const text = fc.oneof(
      fc.array(parts, { maxLength: 12 }).map((some) => some.join('')),
      fc.string({ unit: 'binary', maxLength: 600 }),
    );
    fc.assert(
      fc.property(text, (header) => {
        const found = understandAuthorization(header);
        if (found === undefined) return;
        expect(found.token).to.match(/^\S+$/);
        expect(header).to.contain(found.token);
        if (!/^bearer $/i.test(header.slice(0, header.length - found.token.length)))
          expect(found.notes, `${JSON.stringify(header)} is odd`).to.have.length.above(0);
        else expect(found.notes).to.deep.equal([]);
      }),
      { numRuns: runs(700) },
    );
  });

  it('says nothing of a token in its notes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', 'Bearer ', 'Bearer Bearer ', ' "'),
        fc.stringMatching(/^[A-Z0-9]{12,40}$/),
        (before, token) => {
          for (const note of understandAuthorization(before + token)?.notes ?? []) expect(note).not.to.contain(token);
        },
      ),
      { numRuns: runs(100) },
    );
  });
});
