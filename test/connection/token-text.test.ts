import { expect } from 'chai';
import fc from 'fast-check';
import { generateToken, parseToken, tokenLength } from '../../modules/connection/token-text.ts';
import { runs } from '../setup/runs.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_ .\u00e9\0';

const withCharacter = (text: string, at: number, character: string): string =>
  text.slice(0, at) + character + text.slice(at + 1);

describe('The text of a token', () => {
  const many = Array.from({ length: 10_000 }, () => generateToken());

  it('is never generated twice, and neither is its public id or its secret', () => {
    for (const part of ['text', 'publicId', 'secret'] as const)
      expect(new Set(many.map((token) => token[part])).size).to.equal(many.length);
  });

  it('has 62 characters of base64url behind the prefix that secret scanners look for', () => {
    expect(tokenLength).to.equal(62);
    for (const { text } of many) expect(text).to.match(/^vsb_[a-z0-9]{8}_[A-Za-z0-9_-]{43}[a-z0-9]{6}$/);
  });

  it('carries 256 random bits', () => {
    const bits = new Array<number>(256).fill(0);
    for (const { secret } of many) {
      const bytes = Buffer.from(secret, 'base64url');
      expect(bytes.length).to.equal(32);
      for (let i = 0; i < 256; i++) bits[i] = (bits[i] ?? 0) + (((bytes[i >> 3] ?? 0) >> (i & 7)) & 1);
    }
    // 10 standard deviations of a fair coin that is thrown 10,000 times
    for (const ones of bits) expect(ones).to.be.within(4_500, 5_500);
  });

  it('comes apart into the id and the secret it was made of', () => {
    for (const { text, publicId, secret } of many) expect(parseToken(text)).to.deep.equal({ publicId, secret });
  });

  it('shows every change of one character', () => {
    for (const { text } of many.slice(0, 40))
      for (let at = 0; at < text.length; at++)
        for (const character of alphabet)
          if (character !== text[at] && parseToken(withCharacter(text, at, character)) !== undefined)
            throw new Error(`${text} with "${character}" at ${at} was taken for a token`);
  });

  it('shows two neighbours that changed places', () => {
    for (const { text } of many.slice(0, 2_000))
      for (let at = 0; at + 1 < text.length; at++) {
        const swapped = text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2);
        if (swapped !== text && parseToken(swapped)) throw new Error(`${swapped} was taken for ${text}`);
      }
  });

  it('shows a missing and a doubled character', () => {
    for (const { text } of many.slice(0, 200))
      for (let at = 0; at < text.length; at++) {
        expect(parseToken(text.slice(0, at) + text.slice(at + 1))).to.equal(undefined);
        expect(parseToken(text.slice(0, at) + text[at] + text.slice(at))).to.equal(undefined);
      }
  });

  it('is not found in hostile text', () => {
    const { text } = generateToken();
    const hostile = [
      '',
      'vsb_',
      `${text}\0`,
      ` ${text}`,
      text.toUpperCase(),
      text.normalize('NFKD').repeat(2),
      'x'.repeat(62),
    ];
    for (const found of hostile) expect(parseToken(found)).to.equal(undefined);
    expect(parseToken(`vsb_${'\u0130'.repeat(59)}`)).to.equal(undefined);
  });

  it('is refused or taken apart, and never throws', () => {
    const shaped = fc.stringMatching(/^vsb_[a-z0-9]{8}_[A-Za-z0-9_-]{43}[a-z0-9]{6}$/);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), shaped), (text) => {
        expect(parseToken(text)).to.equal(undefined);
      }),
      { numRuns: runs(500) },
    );
  });
});
