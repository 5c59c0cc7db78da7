import { isIP } from 'node:net';
import { OutgoingError } from './outgoing.ts';

/** Where a request goes, before anything is known of addresses. */
export interface Destination {
  readonly url: URL;
  /** Without the brackets of IPv6 and the dot at the end of a name. */
  readonly host: string;
  readonly port: number;
  /** Named by the operator: may be anywhere, and be spoken to in plain http. */
  readonly allowed: boolean;
}

const longest = 2_048;
const ports: ReadonlySet<number> = new Set([443, 8443]);

/** For people: scheme, host and port, without path and query. */
export const shownTarget = ({ url }: Pick<Destination, 'url'>): string => `${url.protocol}//${url.host}`;

/**
 * Reads a URL as fetch does (so that 0x7f.1, 2130706433 and full-width digits are what they are to a browser) and
 * refuses all but https on 443 and 8443, unless the operator has named the host and port.
 * @throws OutgoingError `OUTGOING_URL`
 */
export function destinationOf(text: string, allowedHosts: readonly string[]): Destination {
  const refuse = (what: string): OutgoingError => new OutgoingError('OUTGOING_URL', what);
  if (text.length > longest) throw refuse(`The URL has ${text.length} characters; at most ${longest} are read.`);
  if (!URL.canParse(text)) throw refuse('This is no URL; write such as https://idp.example.com/metadata.');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw refuse(`A URL that begins with "${url.protocol.slice(0, 20)}" is not fetched; write https://….`);
  if (url.username !== '' || url.password !== '')
    throw refuse(`The URL for ${url.host} holds a user name or password; leave them out.`);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  if (host === '') throw refuse('The URL names no host; write such as https://idp.example.com/metadata.');
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  const allowed = allowedHosts.some((entry) => entry.trim().toLowerCase().replace(/[[\]]/g, '') === `${host}:${port}`);
  const destination = { url, host, port, allowed };
  if (allowed) return destination;
  const shown = shownTarget(destination);
  if (url.protocol !== 'https:') throw refuse(`${shown} would be spoken to in plain http; use https.`);
  if (!ports.has(port)) throw refuse(`${shown} is on port ${port}; only 443 and 8443 are used.`);
  if (isIP(host) === 0 && !host.includes('.')) throw refuse(`"${host}" is no name of a host on the internet.`);
  return destination;
}
