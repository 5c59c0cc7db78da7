import { isIP } from 'node:net';

/** `::ffff:192.0.2.7`: how a socket that takes both kinds shows an IPv4 address. */
const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** An IP address without the dress it came in (IPv4 in IPv6's clothes, a zone), or undefined where it is none. */
export function plainAddress(text: string): string | undefined {
  const bare = text.includes('%') ? text.slice(0, text.indexOf('%')) : text;
  const address = mapped.exec(bare)?.[1] ?? bare;
  return isIP(address) === 0 ? undefined : address;
}

/** A network such as `10.0.0.0/8`; a single address is the network of its own. */
export interface Network {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

/** Reads an address or a network in CIDR notation, or answers undefined. */
export function readNetwork(text: string): Network | undefined {
  const [, given = '', length] = /^([0-9a-fA-F:.]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const address = plainAddress(given);
  if (address === undefined) return undefined;
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  const bits = family === 'ipv4' ? 32 : 128;
  // "::ffff:10.0.0.0/104" counts the 96 bits of the dress.
  const undressed = family === 'ipv4' && given !== address ? 96 : 0;
  const prefix = length === undefined ? bits : Number(length) - undressed;
  return prefix < 0 || prefix > bits ? undefined : { address, prefix, family };
}

/** Whom one takes for the same client: an IPv4 address, or the /64 that an IPv6 client picks its addresses from. */
export function neighbourhood(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.split('::', 2);
  const before = head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const groups = address.includes('::')
    ? [...before.filter((group) => group !== ''), ...zeros(before, after), ...after]
    : before;
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

/** What `::` stands for. */
function zeros(before: readonly string[], after: readonly string[]): readonly string[] {
  const given = before.filter((group) => group !== '').length + after.length + (after.at(-1)?.includes('.') ? 1 : 0);
  return Array.from({ length: Math.max(0, 8 - given) }, () => '0');
}
