import type { IncomingMessage } from 'node:http';
import { plainAddress } from './address.ts';
import type { AddressList } from './address-list.ts';

/**
 * Where a request came from. Anybody can write `X-Forwarded-For`, so it is read from its end, and only as far as those
 * who wrote it are proxies that the configuration names: the first one that is not is the client.
 */
export function clientAddress(
  { socket, headers }: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } },
  proxies: AddressList,
): string | undefined {
  let address = plainAddress(socket.remoteAddress ?? '');
  const forwarded = headers['x-forwarded-for'];
  if (forwarded === undefined || address === undefined || !proxies.has(address)) return address;
  for (const hop of String(forwarded).split(',').reverse()) {
    const before = readHop(hop.trim());
    if (before === undefined) return address;
    address = before;
    if (!proxies.has(address)) return address;
  }
  return address;
}

/** Some proxies add the port: `192.0.2.7:4711`, `[2001:db8::1]:4711`. */
function readHop(text: string): string | undefined {
  const [, inBrackets, v4] = /^(?:\[([^\]]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+)$/.exec(text) ?? [];
  return plainAddress(inBrackets ?? v4 ?? text);
}
