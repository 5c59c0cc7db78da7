import type { IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { createPasswordLimits } from '../../../modules/notification/password-page/http/limits.ts';

const from = (address: string) => ({ socket: { remoteAddress: address } }) as IncomingMessage;

describe('How much may come to the page that sets a password', () => {
  let now = 0;
  const addresses = { of: async ({ socket }: IncomingMessage) => socket.remoteAddress };
  const limits = createPasswordLimits(addresses, { milliseconds: () => now });

  it('is hundreds at once from a network, then five a second, and nothing less for another one', async () => {
    for (let n = 0; n < 300; n++) expect(await limits.visit(from('192.0.2.7'))).to.equal(undefined);
    expect(await limits.visit(from('192.0.2.7'))).to.equal(1);
    expect(await limits.visit(from('198.51.100.7'))).to.equal(undefined);
    now += 200;
    expect(await limits.visit(from('192.0.2.7'))).to.equal(undefined);
    expect(await limits.visit(from('192.0.2.7'))).to.equal(1);
  });

  it('is ten passwords at once for a customer, then one in half a minute', () => {
    for (let n = 0; n < 10; n++) expect(limits.password(7)).to.equal(undefined);
    expect(limits.password(7)).to.equal(30);
    expect(limits.password(8)).to.equal(undefined);
    now += 30_000;
    expect(limits.password(7)).to.equal(undefined);
  });
});
