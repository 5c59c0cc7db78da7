import { createHash, type KeyLike, sign } from 'node:crypto';
import type { HashAlgorithm, SignatureAlgorithm } from 'xml-crypto';

const more = 'http://www.w3.org/2001/04/xmldsig-more#';

/** Signs by what `sign` makes of a text. */
export const signer = (uri: string, make: (text: Buffer, key: KeyLike) => Buffer) =>
  class implements SignatureAlgorithm {
    getAlgorithmName = (): string => uri;
    getSignature = (text: string, key: KeyLike): string => make(Buffer.from(text), key).toString('base64');
    verifySignature = (): boolean => false;
  };

const pem = (key: KeyLike): string => key.toString();
const hashes = ['sha1', 'sha256', 'sha384', 'sha512'];

/** What xml-crypto has not built in, so that it can be signed with. */
export const furtherSigners: Readonly<Record<string, new () => SignatureAlgorithm>> = Object.fromEntries([
  ...hashes.map((hash) => {
    const uri = `${more}ecdsa-${hash}`;
    return [uri, signer(uri, (text, key) => sign(hash, text, { key: pem(key), dsaEncoding: 'ieee-p1363' }))] as const;
  }),
  [`${more}rsa-sha384`, signer(`${more}rsa-sha384`, (text, key) => sign('sha384', text, pem(key)))] as const,
]);

const sha384 = `${more}sha384`;
export const furtherDigests: Readonly<Record<string, new () => HashAlgorithm>> = {
  [sha384]: class implements HashAlgorithm {
    getAlgorithmName = (): string => sha384;
    getHash = (xml: string): string => createHash('sha384').update(xml).digest('base64');
  },
};
