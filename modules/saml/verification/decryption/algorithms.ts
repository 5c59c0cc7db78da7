import { ds, xenc, xenc11 } from '../../xml/names.ts';

/** A block cipher of XML Encryption. */
export interface Cipher {
  readonly name: `aes-${128 | 192 | 256}-${'gcm' | 'cbc'}`;
  readonly keyBytes: 16 | 24 | 32;
  /** GCM says whether a text was changed; CBC says to whoever asks often enough what is in it. */
  readonly authenticated: boolean;
}

const cipher = (bits: 128 | 192 | 256, mode: 'gcm' | 'cbc'): Cipher => ({
  name: `aes-${bits}-${mode}`,
  keyBytes: (bits / 8) as Cipher['keyBytes'],
  authenticated: mode === 'gcm',
});

export const ciphers: ReadonlyMap<string, Cipher> = new Map(
  ([128, 192, 256] as const).flatMap((bits): [string, Cipher][] => [
    [`${xenc11}aes${bits}-gcm`, cipher(bits, 'gcm')],
    [`${xenc}aes${bits}-cbc`, cipher(bits, 'cbc')],
  ]),
);

/** Key transports: RSA-OAEP, whose mask is always SHA-1 in its first version and named in its second. */
export const oaepMgf1p = `${xenc}rsa-oaep-mgf1p`;
export const oaep11 = `${xenc11}rsa-oaep`;

export const oaepDigests: ReadonlyMap<string, string> = new Map([
  [`${ds}sha1`, 'sha1'],
  [`${xenc}sha256`, 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  [`${xenc}sha512`, 'sha512'],
]);
export const oaepMasks: ReadonlyMap<string, string> = new Map(
  ['sha1', 'sha256', 'sha384', 'sha512'].map((hash) => [`${xenc11}mgf1${hash}`, hash]),
);
