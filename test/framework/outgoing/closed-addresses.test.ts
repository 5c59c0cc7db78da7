import type { LookupAddress } from 'node:dns';
import { isIPv6 } from 'node:net';
import { expect } from 'chai';
import { OutgoingError } from '../../../modules/framework/index.ts';
import { createOutgoing } from '../../../modules/framework/outgoing/create-outgoing.ts';
import { isPublic } from '../../../modules/framework/outgoing/public-address.ts';
import { closedHosts, closedNames, refusedUrls } from './hostile-urls.ts';
import { type WatchedSockets, watchSockets } from './watched-sockets.ts';

const addressesOf = (found: readonly string[]): LookupAddress[] =>
  found.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));

/** What a GET of this came to; the code of its refusal. */
async function refusalOf(outgoing: ReturnType<typeof createOutgoing>, url: string): Promise<string> {
  try {
    await outgoing.send({ url, mostBytes: 100, withinMs: 2_000 });
    return 'answered';
  } catch (error) {
    return error instanceof OutgoingError ? error.code : String(error);
  }
}

describe('A request to the outside', () => {
  let sockets: WatchedSockets;
  beforeEach(() => {
    sockets = watchSockets();
  });
  afterEach(() => sockets.end());

  it('reaches no closed address, however it is spelled: no socket is opened, no name asked for', async () => {
    const asked: string[] = [];
    const outgoing = createOutgoing(async (host) => {
      asked.push(host);
      return [];
    });
    const passed: string[] = [];
    for (const host of closedHosts)
      for (const port of ['', ':8443']) {
        const code = await refusalOf(outgoing, `https://${host}${port}/latest/meta-data/`);
        if (code !== 'OUTGOING_ADDRESS') passed.push(`${host} ${code}`);
      }
    expect(passed).to.deep.equal([]);
    expect(asked).to.deep.equal([]);
    expect(sockets.attempts).to.deep.equal([]);
    expect(closedHosts.length + Object.keys(closedNames).length + refusedUrls.length).to.be.above(500);
  });

  it('reaches no name that leads, among others, to a closed address', async () => {
    const outgoing = createOutgoing(async (host) => addressesOf(closedNames[host] ?? closedNames[`${host}.`] ?? []));
    for (const host of Object.keys(closedNames))
      expect(await refusalOf(outgoing, `https://${host}/`), host).to.equal('OUTGOING_ADDRESS');
    expect(sockets.attempts).to.deep.equal([]);
  });

  it('is not made to a URL that is not plain https', async () => {
    const outgoing = createOutgoing(async () => addressesOf(['93.184.216.34']));
    for (const url of refusedUrls) expect(await refusalOf(outgoing, url), url).to.equal('OUTGOING_URL');
    expect(sockets.attempts).to.deep.equal([]);
  });

  it('goes to the address that was checked, and asks for a name once, whatever it would say then', async () => {
    let asked = 0;
    const outgoing = createOutgoing(async () => addressesOf([asked++ === 0 ? '93.184.216.34' : '127.0.0.1']));
    expect(await refusalOf(outgoing, 'https://rebinding.example.com/')).to.equal('OUTGOING_CONNECTION');
    expect(asked).to.equal(1);
    expect(sockets.attempts).to.deep.equal(['93.184.216.34 443']);
    expect(await refusalOf(outgoing, 'https://rebinding.example.com/')).to.equal('OUTGOING_ADDRESS');
    expect(sockets.attempts).to.have.length(1);
  });

  it('goes to public addresses of both kinds', async () => {
    const six = '2606:2800:220:1:248:1893:25c8:1946';
    const outgoing = createOutgoing(async () => addressesOf([six]));
    await refusalOf(outgoing, 'https://six.example.com:8443/');
    await refusalOf(outgoing, `https://[${six}]/`);
    await refusalOf(outgoing, 'https://93.184.216.34/');
    expect(sockets.attempts).to.deep.equal([`${six} 8443`, `${six} 443`, '93.184.216.34 443']);
  });

  it('says that nobody knows a name, or that names are not answered in time', async () => {
    const unknown = createOutgoing(async () => {
      throw Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
    });
    expect(await refusalOf(unknown, 'https://nowhere.example.com/')).to.equal('OUTGOING_NAME');
    const silent = createOutgoing(() => new Promise(() => {}));
    const late = silent.send({ url: 'https://silent.example.com/', mostBytes: 1, withinMs: 10 });
    expect(await late.catch((error: OutgoingError) => error.code)).to.equal('OUTGOING_TIMEOUT');
  });

  it("does not go to this machine's own public address", () => {
    const own = (address: string, family: 'IPv4' | 'IPv6') => ({
      eth0: [{ address, family, netmask: '', mac: '', internal: false, cidr: null, scopeid: 0 }],
    });
    expect(isPublic('93.184.216.34', {})).to.equal(true);
    expect(isPublic('93.184.216.34', own('93.184.216.34', 'IPv4'))).to.equal(false);
    expect(isPublic('2606:2800::0001', own('2606:2800::1', 'IPv6'))).to.equal(false);
  });
});
