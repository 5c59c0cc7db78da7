import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type ServiceToken, service } from '../module/token.ts';
import { decodeKey } from './crypt-key.ts';

/** Secrets at rest, in Magento's format and with Magento's keys. */
export interface Encryptor {
  /** `<key index>:3:<base64 of nonce, ciphertext, tag>` (ChaCha20-Poly1305), with the newest key. */
  encrypt(text: string): string;
  /** @throws EncryptionError when the format is older, the key is not at hand or the text was changed */
  decrypt(stored: string): string;
  /** HMAC-SHA-256 with the newest key. Its result changes with a new key: keep a {@link digest} instead. */
  hmac(text: string | Buffer): Buffer;
  /** `<key index>:<hex HMAC-SHA-256>` with the newest key: for what must be recognised and never read again. */
  digest(text: string): string;
  /** Compares in constant time, with the key that made the digest. Malformed and unknown ones cost the same. */
  verifyDigest(text: string, stored: string): boolean;
}
export const Encryptor: ServiceToken<Encryptor> = service<Encryptor>('framework.Encryptor');

export class EncryptionError extends Error {
  override readonly name = 'EncryptionError';
  readonly code: 'CANNOT_DECRYPT' | 'CRYPT_KEY';

  constructor(code: EncryptionError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'chacha20-poly1305';
const CURRENT = /^(\d{1,9}):3:([A-Za-z0-9+/]+={0,2})$/;

/** @throws EncryptionError CRYPT_KEY when there is no key or one has not 32 bytes */
export function createEncryptor(cryptKeys: readonly string[]): Encryptor {
  const keys = cryptKeys.map((text, index) => {
    const key = decodeKey(text);
    if (key) return key;
    throw new EncryptionError('CRYPT_KEY', `CRYPT_KEY: key ${index} is neither 32 characters nor base64<32 bytes>.`);
  });
  const newest = keys.length - 1;
  const newestKey = keys[newest];
  if (!newestKey) throw new EncryptionError('CRYPT_KEY', 'CRYPT_KEY holds no key.');
  const mac = (key: Buffer, text: string | Buffer): Buffer => createHmac('sha256', key).update(text).digest();

  return {
    encrypt: (text) => `${newest}:3:${seal(newestKey, text).toString('base64')}`,
    decrypt(stored) {
      const [, index = '', data = ''] = CURRENT.exec(stored) ?? [];
      if (data === '') {
        throw new EncryptionError(
          'CANNOT_DECRYPT',
          'cannot decrypt: not in the format of Magento 2.3 and later (…:3:…).',
        );
      }
      const key = keys[Number(index)];
      if (!key) throw new EncryptionError('CANNOT_DECRYPT', `cannot decrypt: CRYPT_KEY holds no key ${index}.`);
      return open(key, Buffer.from(data, 'base64'));
    },
    hmac: (text) => mac(newestKey, text),
    digest: (text) => `${newest}:${mac(newestKey, text).toString('hex')}`,
    verifyDigest(text, stored) {
      const [, index = '', hex = ''] = /^(\d{1,9}):([0-9a-f]{64})$/.exec(stored) ?? [];
      const key = index === '' ? undefined : keys[Number(index)];
      const made = mac(key ?? newestKey, text);
      const expected = Buffer.alloc(made.length);
      expected.write(hex, 'hex');
      return timingSafeEqual(made, expected) && key !== undefined;
    },
  };
}

function seal(key: Buffer, text: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  const body = Buffer.from(text, 'utf8');
  cipher.setAAD(nonce, { plaintextLength: body.length });
  return Buffer.concat([nonce, cipher.update(body), cipher.final(), cipher.getAuthTag()]);
}

function open(key: Buffer, data: Buffer): string {
  const nonce = data.subarray(0, NONCE_BYTES);
  const body = data.subarray(NONCE_BYTES, -TAG_BYTES);
  try {
    const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(nonce, { plaintextLength: body.length });
    decipher.setAuthTag(data.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new EncryptionError('CANNOT_DECRYPT', 'cannot decrypt: the value was changed, or made with another key.', {
      cause,
    });
  }
}
