import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { HOST_VERSION } from '../../../modules/framework/index.ts';

describe('host version', () => {
  it('is the one in package.json', () => {
    const file = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
    expect(HOST_VERSION).to.equal((JSON.parse(file) as { version: string }).version);
  });
});
