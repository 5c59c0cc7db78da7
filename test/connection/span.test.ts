import { expect } from 'chai';
import { readSpan } from '../../modules/connection/span.ts';

const limits = { from: '1m', to: '730d', example: '90d' };

describe('A span of time', () => {
  for (const [text, milliseconds] of [
    ['1m', 60_000],
    ['90m', 5_400_000],
    ['24h', 86_400_000],
    ['90d', 7_776_000_000],
    ['730d', 63_072_000_000],
  ] as const)
    it(`reads ${text}`, () => {
      expect(readSpan(text, limits)).to.equal(milliseconds);
    });

  for (const text of [
    '',
    'd',
    '0m',
    '0d',
    '731d',
    '-1d',
    '1.5h',
    '1e1d',
    '0x10d',
    ' 5d',
    '5d ',
    '5',
    '5w',
    '5D',
    '٣d',
    'NaNd',
  ])
    it(`is not ${JSON.stringify(text)}`, () => {
      expect(() => readSpan(text, limits))
        .to.throw(`"${text}" is not a span of time from 1m to 730d`)
        .with.property('code', 'TOKEN_EXPIRY_INVALID');
    });

  it('may be nothing where an overlap is meant', () => {
    expect(readSpan('0m', { from: '0m', to: '7d', example: '24h' })).to.equal(0);
  });
});
