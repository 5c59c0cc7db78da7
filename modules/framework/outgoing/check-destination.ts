import { isIP } from 'node:net';
import { destinationOf, shownTarget } from './destination.ts';
import { OutgoingError } from './outgoing.ts';
import { isPublic } from './public-address.ts';

/**
 * Refuses an address that `Outgoing.send` would refuse whatever its name leads to; nothing is looked up and nothing sent.
 * @throws OutgoingError `OUTGOING_URL`, `OUTGOING_ADDRESS`
 */
export function checkDestination(url: string, allowedHosts: readonly string[]): void {
  const destination = destinationOf(url, allowedHosts);
  const { host, port, allowed } = destination;
  if (allowed || isIP(host) === 0 || isPublic(host)) return;
  throw new OutgoingError(
    'OUTGOING_ADDRESS',
    `${shownTarget(destination)} is not on the public internet; if it is meant to be reached, the operator names ${host}:${port} in the configuration.`,
  );
}
