import { randomBytes } from 'node:crypto';

const KEY_BYTES = 32;
const ENCODED = 'base64';

/**
 * The bytes of one key of Magento's `crypt/key`: since 2.4.7 `base64` and the base64 of 32 bytes, before that 32
 * characters taken as they are.
 *
 * @returns undefined when it is neither
 */
export function decodeKey(text: string): Buffer | undefined {
  if (text.startsWith(ENCODED)) {
    const decoded = Buffer.from(text.slice(ENCODED.length), 'base64');
    if (decoded.length === KEY_BYTES) return decoded;
  }
  const raw = Buffer.from(text, 'utf8');
  return raw.length === KEY_BYTES ? raw : undefined;
}

/** A new random key in the form of Magento 2.4.7. */
export function generateKey(): string {
  return ENCODED + randomBytes(KEY_BYTES).toString('base64');
}

/** The keys in Magento's `crypt/key`, which stand apart by white space, oldest first. */
export function splitKeys(text: string): readonly string[] {
  return text.split(/\s+/).filter((key) => key !== '');
}
