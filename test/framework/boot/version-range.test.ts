import { expect } from 'chai';
import { inRange } from '../../../modules/framework/index.ts';

describe('host version ranges', () => {
  const cases: [version: string, range: string, fits: boolean | undefined][] = [
    ['1.0.0', '^1', true],
    ['1.9.9', '^1', true],
    ['2.0.0', '^1', false],
    ['1.1.9', '^1.2', false],
    ['1.2.0', '^1.2', true],
    ['0.1.5', '^0.1', true],
    ['0.2.0', '^0.1', false],
    ['0.0.3', '^0.0.3', true],
    ['0.0.4', '^0.0.3', false],
    ['0.9.0', '^0', true],
    ['1.2.9', '~1.2.3', true],
    ['1.3.0', '~1.2.3', false],
    ['1.9.0', '~1', true],
    ['1.5.0', '>=1.0 <2', true],
    ['2.0.0', '>=1.0 <2', false],
    ['1.5.0', '>= 1.0  < 2', true],
    ['1.2.3', '1.2.3', true],
    ['1.2.4', '=1.2.3', false],
    ['1.2.4', '1.x', true],
    ['1.2.4', '1.2.*', true],
    ['9.9.9', '*', true],
    ['2.0.0', '>1', true],
    ['1.5.0', '>1', false],
    ['1.5.0', '<=1', true],
    ['2.0.0', '<=1', false],
    ['3.1.0', '^1 || ^3', true],
    ['2.1.0', '^1 || ^3', false],
    ['1.0.0', 'newest', undefined],
    ['1.0.0', '^1 || newest', undefined],
    ['1.0', '^1', undefined],
  ];
  for (const [version, range, fits] of cases) {
    it(`${version} in "${range}" is ${fits ?? 'unreadable'}`, () => {
      expect(inRange(version, range)).to.equal(fits);
    });
  }
});
