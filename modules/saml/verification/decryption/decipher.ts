import { type CipherGCMTypes, createDecipheriv } from 'node:crypto';
import type { Envelope } from './envelope.ts';

const [gcmIv, gcmTag, block] = [12, 16, 16];

function gcm(name: string, key: Buffer, content: Buffer): Buffer {
  const decipher = createDecipheriv(name as CipherGCMTypes, key, content.subarray(0, gcmIv), { authTagLength: gcmTag });
  decipher.setAuthTag(content.subarray(content.length - gcmTag));
  return Buffer.concat([decipher.update(content.subarray(gcmIv, content.length - gcmTag)), decipher.final()]);
}

function cbc(name: string, key: Buffer, content: Buffer): Buffer {
  const decipher = createDecipheriv(name, key, content.subarray(0, block));
  decipher.setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(content.subarray(block)), decipher.final()]);
  // XML Encryption §5.2: only the last byte of the padding says something.
  const padding = padded.at(-1) ?? 0;
  if (padding < 1 || padding > block || padding > padded.length) throw new RangeError('padding');
  return padded.subarray(0, padded.length - padding);
}

/** Decrypts what an envelope holds. @throws Error that must not be shown or told apart */
export function decipher({ cipher, content }: Envelope, key: Buffer): Buffer {
  if (content.length < gcmIv + gcmTag) throw new RangeError('length');
  return (cipher.authenticated ? gcm : cbc)(cipher.name, key, content);
}
