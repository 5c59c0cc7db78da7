import { BlockList, isIP } from 'node:net';
import { ConnectionError } from '../connection.ts';
import { readNetwork } from './address.ts';

const mostEntries = 100;
/** Clients have few addresses; a list remembers its answers for so many. */
const mostVerdicts = 1_000;

/** Addresses and networks, asked with every request: an address that was asked before costs one look into a map. */
export class AddressList {
  readonly entries: readonly string[];
  private readonly rules = new BlockList();
  private readonly verdicts = new Map<string, boolean>();

  /** Entries that can't be read are none: a list lets nobody in by mistake. */
  constructor(entries: readonly string[]) {
    this.entries = entries;
    for (const entry of entries) {
      const network = readNetwork(entry);
      if (network) this.rules.addSubnet(network.address, network.prefix, network.family);
    }
  }

  /** Of an address as `plainAddress` answers it. */
  has(address: string): boolean {
    const known = this.verdicts.get(address);
    if (known !== undefined) return known;
    const verdict = this.rules.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
    if (this.verdicts.size >= mostVerdicts) this.verdicts.clear();
    this.verdicts.set(address, verdict);
    return verdict;
  }
}

/**
 * Reads addresses and networks, separated by commas or blanks; `any` is an empty list.
 * @throws ConnectionError `ADDRESS_INVALID`
 */
export function readAddresses(text: string): readonly string[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  return words.length === 1 && words[0] === 'any' ? [] : checkAddresses(words);
}

/** @throws ConnectionError `ADDRESS_INVALID` */
export function checkAddresses(entries: readonly string[]): readonly string[] {
  for (const entry of entries)
    if (!readNetwork(entry))
      throw new ConnectionError(
        'ADDRESS_INVALID',
        `"${entry}" is neither an IP address nor a network; write such as 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32, separated by commas, or any.`,
      );
  if (entries.length <= mostEntries) return entries;
  throw new ConnectionError(
    'ADDRESS_INVALID',
    `${entries.length} addresses are too many; write at most ${mostEntries}, networks rather than single addresses.`,
  );
}
