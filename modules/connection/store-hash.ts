import { createHash } from 'node:crypto';

const length = 10;
const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/**
 * What BigCommerce calls a store hash: ten lower-case letters and digits that name a connection in the paths of its store
 * API and in `producer` of webhook payloads; null is the whole store, for receivers of no connection. A name, not a
 * secret: the same for the same id for ever, and nothing is found by it that its token has not found before.
 */
export function storeHash(connectionId: number | null): string {
  const digest = createHash('sha256')
    .update(`store of connection ${connectionId ?? 'none'}`)
    .digest();
  return Array.from(digest.subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join('');
}
