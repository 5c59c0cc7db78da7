import { expect } from 'chai';
import { neighbourhood, plainAddress, readNetwork } from '../../modules/connection/address/address.ts';
import { AddressList, readAddresses } from '../../modules/connection/address/address-list.ts';
import { clientAddress } from '../../modules/connection/address/client-address.ts';

describe('A list of addresses', () => {
  const has = (entries: string[], address: string) => new AddressList(entries).has(plainAddress(address) ?? '');

  for (const [entry, inside, outside] of [
    ['192.0.2.7', ['192.0.2.7', '::ffff:192.0.2.7'], ['192.0.2.8', '::ffff:192.0.2.8']],
    ['10.0.0.0/8', ['10.0.0.0', '10.255.255.255'], ['9.255.255.255', '11.0.0.0', '::1']],
    ['10.1.2.3/8', ['10.9.9.9'], ['11.0.0.0']],
    ['192.0.2.128/25', ['192.0.2.128', '192.0.2.255'], ['192.0.2.127']],
    ['0.0.0.0/0', ['192.0.2.7', '255.255.255.255'], ['2001:db8::1']],
    ['2001:db8::/32', ['2001:db8::1', '2001:0DB8:ffff::', '2001:db8::1%eth0'], ['2001:db9::', '192.0.2.7']],
    ['2001:db8::1', ['2001:db8:0:0::1'], ['2001:db8::2']],
    ['::ffff:10.0.0.0/104', ['10.1.2.3'], ['11.0.0.0']],
    ['::/0', ['2001:db8::1'], []],
  ] as const)
    it(`with ${entry} has ${inside.join(', ')}${outside.length > 0 ? `, not ${outside.join(', ')}` : ''}`, () => {
      for (const address of inside) expect(has([entry], address), address).to.equal(true);
      for (const address of outside) expect(has([entry], address), address).to.equal(false);
    });

  it('answers the same when it is asked again, and for thousands of addresses', () => {
    const list = new AddressList(['10.0.0.0/9']);
    for (let i = 0; i < 3_000; i++)
      for (let again = 0; again < 2; again++) expect(list.has(`10.${i % 256}.${i >> 8}.1`)).to.equal(i % 256 < 128);
  });

  for (const text of [
    '',
    'x',
    '10.0.0',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '2001:db8::/129',
    '10.0.0.256',
    '::1/',
    '1/8',
    '::ffff:10.0.0.0/95',
  ])
    it(`can't be made of ${JSON.stringify(text)}`, () => {
      expect(readNetwork(text)).to.equal(undefined);
    });

  it('is read from what an administrator writes', () => {
    expect(readAddresses('10.0.0.0/8, 192.0.2.7  ::1')).to.deep.equal(['10.0.0.0/8', '192.0.2.7', '::1']);
    expect(readAddresses('any')).to.deep.equal([]);
    expect(() => readAddresses('10.0.0.0/8,any')).to.throw('"any" is neither an IP address nor a network');
    expect(() => readAddresses('intranet')).to.throw('10.0.0.0/8');
    expect(() => readAddresses(Array.from({ length: 101 }, (_, i) => `10.0.0.${i}`).join())).to.throw('at most 100');
  });
});

describe('The address of a client', () => {
  const from = (remoteAddress: string | undefined, forwarded: string | undefined, ...proxies: string[]) =>
    clientAddress(
      { socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } },
      new AddressList(proxies),
    );

  it('is that of its socket', () => {
    expect(from('192.0.2.7', undefined)).to.equal('192.0.2.7');
    expect(from('::ffff:192.0.2.7', undefined)).to.equal('192.0.2.7');
    expect(from('fe80::1%eth0', undefined)).to.equal('fe80::1');
    expect(from(undefined, '192.0.2.7', '0.0.0.0/0')).to.equal(undefined);
  });

  it('is not what the client itself says', () => {
    expect(from('192.0.2.7', '198.51.100.1')).to.equal('192.0.2.7');
    expect(from('192.0.2.7', '198.51.100.1', '10.0.0.0/8')).to.equal('192.0.2.7');
  });

  it('is what the trusted proxy saw, whatever stood there before', () => {
    expect(from('10.0.0.1', '198.51.100.1', '10.0.0.0/8')).to.equal('198.51.100.1');
    expect(from('::ffff:10.0.0.1', '10.0.0.9, 203.0.113.5, 198.51.100.1', '10.0.0.0/8')).to.equal('198.51.100.1');
    expect(from('10.0.0.1', '203.0.113.5,198.51.100.1, 10.0.0.2', '10.0.0.0/8')).to.equal('198.51.100.1');
    expect(from('10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.0/8')).to.equal('10.0.0.3');
  });

  it('may come with a port', () => {
    expect(from('10.0.0.1', '198.51.100.1:4711', '10.0.0.0/8')).to.equal('198.51.100.1');
    expect(from('10.0.0.1', '[2001:db8::5]:4711', '10.0.0.0/8')).to.equal('2001:db8::5');
    expect(from('10.0.0.1', '[2001:db8::5]', '10.0.0.0/8')).to.equal('2001:db8::5');
  });

  it('is that of the proxy where it says nothing that can be read', () => {
    for (const text of ['', 'unknown', '198.51.100.1, _hidden', '198.51.100.1,'])
      expect(from('10.0.0.1', text, '10.0.0.0/8'), text).to.equal('10.0.0.1');
  });
});

describe('The neighbourhood of an address', () => {
  for (const [address, expected] of [
    ['192.0.2.7', '192.0.2.7'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:0db8:0000:0001:2:3:4:5', '2001:db8:0:1'],
    ['2001:db8:0:1::', '2001:db8:0:1'],
    ['::1', '0:0:0:0'],
    ['::', '0:0:0:0'],
    ['1::2:3:4:5:6:7', '1:0:2:3'],
    ['64:ff9b::192.0.2.7', '64:ff9b:0:0'],
  ] as const)
    it(`of ${address} is ${expected}`, () => {
      expect(neighbourhood(address)).to.equal(expected);
    });
});
