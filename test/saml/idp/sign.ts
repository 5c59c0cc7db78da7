import { SignedXml } from 'xml-crypto';
import { furtherDigests, furtherSigners } from './further-methods.ts';
import type { Identity } from './identity.ts';

export const excC14n = 'http://www.w3.org/2001/10/xml-exc-c14n#';
export const inclusiveC14n = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
export const envelopedSignature = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
export const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
export const ecdsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256';
export const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256';

/** How an element is signed. */
export interface SignatureFacts {
  readonly by: Identity;
  readonly algorithm: string;
  readonly digest: string;
  readonly transforms: readonly string[];
  readonly canonicalization: string;
  readonly inclusivePrefixes: readonly string[];
  readonly prefix: string;
  /** Certificate in the KeyInfo; undefined: no KeyInfo. */
  readonly keyInfo: string | undefined;
  /** Further elements to sign, as XPath. */
  readonly alsoSign: readonly string[];
}

export const usualSignature = (by: Identity): SignatureFacts => ({
  by,
  algorithm: by.kind === 'ec' ? ecdsaSha256 : rsaSha256,
  digest: sha256,
  transforms: [envelopedSignature, excC14n],
  canonicalization: excC14n,
  inclusivePrefixes: [],
  prefix: 'ds',
  keyInfo: by.certificate,
  alsoSign: [],
});

/** Signs the first element of a local name, by its ID; the signature stands behind its issuer, or first where it has none. */
export function signed(xml: string, name: string, facts: SignatureFacts): string {
  const signer = new SignedXml({
    privateKey: facts.by.privateKey,
    signatureAlgorithm: facts.algorithm,
    canonicalizationAlgorithm: facts.canonicalization,
    ...(facts.keyInfo === undefined ? { getKeyInfoContent: () => null } : { publicCert: facts.keyInfo }),
  });
  Object.assign(signer.SignatureAlgorithms, furtherSigners);
  Object.assign(signer.HashAlgorithms, furtherDigests);
  const target = `(//*[local-name(.)='${name}'])[1]`;
  const reference = (xpath: string): void =>
    signer.addReference({
      xpath,
      transforms: [...facts.transforms],
      digestAlgorithm: facts.digest,
      inclusiveNamespacesPrefixList: [...facts.inclusivePrefixes],
    });
  reference(target);
  for (const further of facts.alsoSign) reference(further);
  const issuer = new RegExp(`<(?:\\w+:)?${name}\\b[^>]*>\\s*<(?:\\w+:)?Issuer\\b`).test(xml);
  signer.computeSignature(xml, {
    prefix: facts.prefix,
    location: issuer
      ? { reference: `${target}/*[local-name(.)='Issuer']`, action: 'after' }
      : { reference: target, action: 'prepend' },
  });
  return signer.getSignedXml();
}
