import { createHash } from 'node:crypto';
import { type HashAlgorithm, type SignatureAlgorithm, SignedXml } from 'xml-crypto';
import { digestMethods, hasSigned, signatureMethods } from './algorithms.ts';
import type { UsableCertificate } from './trusted-keys.ts';

/** What xml-crypto asks of a signature algorithm; it is never asked to sign. */
const verifierOf = (uri: string, { key }: UsableCertificate) =>
  class implements SignatureAlgorithm {
    getAlgorithmName = (): string => uri;
    getSignature(): never {
      throw new Error(`${uri} is there to verify`);
    }
    verifySignature(material: string, _key: unknown, value: string): boolean {
      const method = signatureMethods.get(uri);
      return method !== undefined && hasSigned(method, key, material, Buffer.from(value, 'base64'));
    }
  };

const hashOf = (uri: string, name: string) =>
  class implements HashAlgorithm {
    getAlgorithmName = (): string => uri;
    getHash = (xml: string): string => createHash(name).update(xml, 'utf8').digest('base64');
  };

/**
 * What xml-crypto's check, which node-saml's calls as well, finds signed by a certificate, with all methods of ours: ECDSA
 * and SHA-384 are none of node-saml's.
 *
 * @param text the document that the signature was read from
 * @param signature of the shape that `checkSignatureShape` asks for, which is what node-saml looks at besides
 * @returns null where the certificate has not signed it
 */
export function verifiedByFurtherMethods(
  text: string,
  signature: Element,
  certificate: UsableCertificate,
): string | null {
  const check = new SignedXml({ publicCert: certificate.key });
  check.SignatureAlgorithms = Object.fromEntries(
    [...signatureMethods.keys()].map((uri) => [uri, verifierOf(uri, certificate)]),
  );
  check.HashAlgorithms = Object.fromEntries([...digestMethods].map(([uri, name]) => [uri, hashOf(uri, name)]));
  check.loadSignature(signature);
  try {
    if (!check.checkSignature(text)) return null;
  } catch {
    // It throws for a signature that is not of this key, as well as for a document that can't be looked at.
    return null;
  }
  const [signed, ...others] = check.getSignedReferences();
  return signed === undefined || others.length > 0 ? null : signed;
}
