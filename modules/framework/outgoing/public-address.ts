import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** IPv4 networks that are not the public internet (IANA special-purpose registry, RFC 6890), and what else is dangerous. */
const closed: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // Azure's wire server: public by its number, answers virtual machines with their configuration.
  ['168.63.129.16', 32],
];

/**
 * Of IPv6 only what is assigned for use on the internet (2000::/3) can be public, so that mapped addresses, NAT64,
 * unique local and link-local ones need no line of their own. Within it: protocol assignments with Teredo (2001::/23),
 * documentation, and 6to4, which carry IPv4 addresses.
 */
const assigned = ['2000::', 3] as const;
const closed6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const [ipv4, ipv6, ipv6Closed] = [new BlockList(), new BlockList(), new BlockList()];
for (const [network, bits] of closed) ipv4.addSubnet(network, bits, 'ipv4');
ipv6.addSubnet(...assigned, 'ipv6');
for (const [network, bits] of closed6) ipv6Closed.addSubnet(network, bits, 'ipv6');

/** The eight numbers of an IPv6 address. An IPv4 address at its end counts as none: those are not assigned anyway. */
function groupsOf(address: string): readonly number[] {
  const [front = '', back] = address.split('::');
  const numbers = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [first, last] = [numbers(front), numbers(back ?? '')];
  const gap = back === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  return [...first, ...new Array<number>(gap).fill(0), ...last];
}

/** ISATAP (RFC 5214) puts an IPv4 address behind these 32 bits of an interface's identifier. */
function isIsatap(address: string): boolean {
  const [, , , , kind, mark] = groupsOf(address);
  return (kind === 0 || kind === 0x200) && mark === 0x5efe;
}

type Interfaces = ReturnType<typeof networkInterfaces>;

/** True for an address that is on the public internet and not one of this machine's own. Anything odd is not. */
export function isPublic(address: string, interfaces: Interfaces = networkInterfaces()): boolean {
  if (isIPv4(address)) return !ipv4.check(address, 'ipv4') && !isOwn(address, interfaces);
  if (!isIPv6(address) || address.includes('%')) return false;
  const assignedAndOpen = ipv6.check(address, 'ipv6') && !ipv6Closed.check(address, 'ipv6');
  return assignedAndOpen && !isIsatap(address) && !isOwn(address, interfaces);
}

/** A machine may have a public address and serve more on it than it serves to strangers. */
function isOwn(address: string, interfaces: Interfaces): boolean {
  const own = new BlockList();
  for (const { address: mine, family } of Object.values(interfaces).flatMap((all) => all ?? []))
    own.addAddress(mine.replace(/%.*$/, ''), family === 'IPv6' ? 'ipv6' : 'ipv4');
  return own.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}
