import { promises as dns, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { type Destination, shownTarget } from './destination.ts';
import { timeout } from './failures.ts';
import { OutgoingError } from './outgoing.ts';
import { isPublic } from './public-address.ts';

/** All addresses of a name. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

/** What the system's resolver knows, its hosts file included. */
export const systemResolve: Resolve = (host) => dns.lookup(host, { all: true, verbatim: true });

/** Every address of the host, each of them public: one that is not may be what the connection would be made to. */
export async function checkedAddresses(
  destination: Destination,
  resolve: Resolve,
  ends: number,
): Promise<readonly LookupAddress[]> {
  const { host, allowed } = destination;
  const family = isIP(host);
  const found = family === 0 ? await named(destination, resolve, ends) : [{ address: host, family }];
  // Where it is allowed to lead inside, what is inside need not be asked of the machine, which costs as much as connecting.
  const closed = allowed ? undefined : found.find(({ address }) => !isPublic(address));
  if (!closed) return found;
  throw new OutgoingError(
    'OUTGOING_ADDRESS',
    `${shownTarget(destination)} leads to ${closed.address}, which is not on the public internet; if it is meant to be reached, the operator names ${host}:${destination.port} in the configuration.`,
  );
}

async function named(destination: Destination, resolve: Resolve, ends: number): Promise<readonly LookupAddress[]> {
  const unknown = (cause?: unknown): OutgoingError =>
    new OutgoingError(
      'OUTGOING_NAME',
      `Nobody knows the host "${destination.host}"; look whether the name is right, and whether this server can ask for names.`,
      { cause },
    );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(timeout(destination)), Math.max(0, ends - Date.now()));
  });
  try {
    const looked = resolve(destination.host).catch((cause: unknown) => {
      throw unknown(cause);
    });
    const found = await Promise.race([looked, late]);
    if (found.length === 0) throw unknown();
    return found;
  } finally {
    clearTimeout(timer);
  }
}

/** Answers the checked addresses and nothing else: the name is not looked up a second time. */
export const pinned =
  (addresses: readonly LookupAddress[]): LookupFunction =>
  (_host, { all, family }, answer) => {
    const fitting = addresses.filter((one) => !family || one.family === family);
    const [first] = fitting;
    if (all) answer(null, [...fitting]);
    else if (first) answer(null, first.address, first.family);
    else answer(new Error('no address of this family'), '', 0);
  };
