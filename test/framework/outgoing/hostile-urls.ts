/** Addresses that no request may reach, each for its own reason. */
const closed = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '10.255.255.255',
  '100.64.0.1',
  '100.100.100.200',
  '100.127.255.254',
  '127.0.0.1',
  '127.1.2.3',
  '127.255.255.254',
  '169.254.169.254',
  '169.254.170.2',
  '172.16.0.1',
  '172.31.255.254',
  '192.0.0.192',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.0.1',
  '192.168.255.254',
  '198.18.0.1',
  '198.19.255.254',
  '198.51.100.7',
  '203.0.113.7',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '168.63.129.16',
];

const octets = (address: string): number[] => address.split('.').map(Number);
const numberOf = (address: string): number => octets(address).reduce((sum, octet) => sum * 256 + octet, 0);
const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');
const halves = (address: string): string => {
  const [a = 0, b = 0, c = 0, d = 0] = octets(address);
  return `${hex(a * 256 + b, 4)}:${hex(c * 256 + d, 4)}`;
};

/** The same address as it can be written in a URL. */
const spellings: readonly ((address: string) => string)[] = [
  (address) => address,
  (address) => `${address}.`,
  (address) => String(numberOf(address)),
  (address) => `0x${numberOf(address).toString(16)}`,
  (address) => `0${numberOf(address).toString(8)}`,
  (address) =>
    octets(address)
      .map((octet) => `0${octet.toString(8)}`)
      .join('.'),
  (address) =>
    octets(address)
      .map((octet) => `0X${octet.toString(16)}`)
      .join('.'),
  (address) => `${octets(address)[0]}.${numberOf(address) % 2 ** 24}`,
  (address) => `[::ffff:${address}]`,
  (address) => `[::ffff:${halves(address)}]`,
  (address) => `[::${address}]`,
  (address) => `[64:ff9b::${address}]`,
  (address) => `[64:ff9b:1::${address}]`,
  (address) => `[2002:${halves(address)}::1]`,
  (address) => `[2001:0:${halves(address)}::1]`,
  (address) => `[2a01:4f8::5efe:${halves(address)}]`,
  (address) => address.replaceAll('.', '。'),
  (address) =>
    [...address].map((sign) => (/\d/.test(sign) ? String.fromCodePoint(0xff10 + Number(sign)) : sign)).join(''),
  (address) => [...address].map((sign) => `%${hex(sign.charCodeAt(0), 2)}`).join(''),
];

const ipv6 = [
  '::',
  '::1',
  '0:0:0:0:0:0:0:1',
  '100::1',
  '2001::1',
  '2001:2::1',
  '2001:10::1',
  '2001:20::1',
  '2001:db8::1',
  '2002::1',
  '3fff::1',
  '5f00::1',
  'fc00::1',
  'fd00:ec2::254',
  'fdff::1',
  'fe80::1',
  'febf::1',
  'fec0::1',
  'ff02::1',
  'ff0e::1',
  '1000::1',
  '4000::1',
  'e000::1',
].map((address) => `[${address}]`);

/** Hosts that are closed addresses, in every spelling. */
export const closedHosts: readonly string[] = [
  ...closed.flatMap((address) => spellings.map((spell) => spell(address))),
  ...ipv6,
  '0',
  '127.1',
  '127.0.1',
  '017700000001',
  '0x7f.1',
  '0x7f000001',
  '2130706433',
  '①②⑦.⓪.⓪.①',
];

/** Names that lead to closed addresses, and what the name server says. */
export const closedNames: Readonly<Record<string, readonly string[]>> = {
  'intern.example.com': ['10.1.2.3'],
  'both.example.com': ['93.184.216.34', '127.0.0.1'],
  'hidden.example.com': ['93.184.216.34', '1.1.1.1', '8.8.8.8', '169.254.169.254'],
  'six.example.com': ['::1'],
  'mapped.example.com': ['::ffff:10.0.0.1'],
  'mixed.example.com': ['2606:2800:220:1:248:1893:25c8:1946', 'fd00::1'],
  'zone.example.com': ['fe80::1%eth0'],
  'zoned.example.com': ['2606:2800:220:1:248:1893:25c8:1946%eth0'],
  'metadata.google.internal': ['169.254.169.254'],
  'localhost.localdomain': ['127.0.0.1'],
  'localtest.me': ['127.0.0.1'],
  '127.0.0.1.nip.io': ['127.0.0.1'],
  'nothing.example.com': ['not an address'],
  'xn--lcalhost-d4a.example': ['127.0.0.1'],
  'trailing.example.com.': ['127.0.0.1'],
};

/** URLs that are refused for what they are, before anybody is asked for an address. */
export const refusedUrls: readonly string[] = [
  '',
  'idp.example.com/metadata',
  '//idp.example.com/metadata',
  'https://',
  'https:///',
  'https://?',
  'https://.',
  'https://localhost/',
  'https://localhost./',
  'https://LOCALHOST/',
  'https://intranet/',
  'http://public.example.com/',
  'http://public.example.com:443/',
  'https://public.example.com:22/',
  'https://public.example.com:25/',
  'https://public.example.com:80/',
  'https://public.example.com:3306/',
  'https://public.example.com:6379/',
  'https://public.example.com:65535/',
  'https://public.example.com:0/',
  'https://public.example.com:99999/',
  'https://user@public.example.com/',
  'https://user:secret@public.example.com/',
  'https://:secret@public.example.com/',
  'https://public.example.com@127.0.0.1/',
  'https://public.example.com%2f@127.0.0.1/',
  'https://public.example.com:443@127.0.0.1/',
  'ftp://public.example.com/',
  'file:///etc/passwd',
  'file://public.example.com/etc/passwd',
  'gopher://127.0.0.1:6379/_FLUSHALL',
  'data:text/xml,<EntityDescriptor/>',
  'javascript:alert(1)',
  'blob:https://public.example.com/1',
  'ws://public.example.com/',
  'wss://public.example.com/',
  'unix:/var/run/docker.sock',
  'https+unix://%2fvar%2frun/x',
  'dict://127.0.0.1:11211/stats',
  'ldap://127.0.0.1/',
  'jar:https://public.example.com!/x',
  'https://[fe80::1%25lo]/',
  'https://[::1',
  'https://256.256.256.256/',
  'https://1.2.3.4.5/',
  'https://0x100000000/',
  'https://public.example.com\u0000.evil/',
  'https://public example.com/',
  `https://public.example.com/${'a'.repeat(2_100)}`,
];
