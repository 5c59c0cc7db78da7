import { constants, createPrivateKey, type KeyObject, privateDecrypt, randomBytes } from 'node:crypto';
import type { SamlKey } from '../../provider/provider.ts';
import { recent } from '../recent.ts';
import type { Envelope } from './envelope.ts';

const keyOf = recent((pem) => createPrivateKey(pem));

function unwrapBy(key: KeyObject, { wrappedKey, oaepHash, cipher }: Envelope): Buffer | undefined {
  try {
    const unwrapped = privateDecrypt({ key, oaepHash, padding: constants.RSA_PKCS1_OAEP_PADDING }, wrappedKey);
    return unwrapped.length === cipher.keyBytes ? unwrapped : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The key that an assertion is encrypted with. Every key of ours is tried, also after one has fitted, and where none fits
 * the answer is a random key: what follows takes the same steps and the same time, and fails later.
 */
export function unwrapKey(envelope: Envelope, keys: readonly SamlKey[]): Buffer {
  const unwrapped = keys.map((key) => unwrapBy(keyOf(key.privateKey), envelope));
  return unwrapped.find((key) => key !== undefined) ?? randomBytes(envelope.cipher.keyBytes);
}
