import { getVerifiedXml } from '@node-saml/node-saml/lib/xml.js';
import { SamlError } from '../../error.ts';
import type { TrustedCertificate } from '../../provider/provider.ts';
import { checkSignatureShape, signatureOf } from './shape.ts';
import { signersOf } from './signers.ts';
import { usableCertificates } from './trusted-keys.ts';

/** Signed content, and who signed it. */
export interface SignedContent {
  /** Canonical. Nothing else of the document may be believed. */
  readonly xml: string;
  /** Fingerprint of the certificate that verified it. */
  readonly signedBy: string;
}

/**
 * Verifies the signature that an element carries over itself, by node-saml's own check: its `SAML` class calls the same
 * function, but reads the clock of the machine and decrypts in between.
 *
 * @param text the document that `element` was read from, as `readXml` gives it
 * @returns what was signed
 * @throws SamlError `SAML_SIGNATURE`, `SAML_ALGORITHM` (point 9)
 */
export function verifyEnveloped(
  text: string,
  element: Element,
  certificates: readonly TrustedCertificate[],
): SignedContent {
  const signature = signatureOf(element);
  if (!signature) throw new SamlError('SAML_SIGNATURE', `<${element.localName}> is not signed.`, { point: 9 });
  checkSignatureShape(signature, element);
  for (const { pem, fingerprint } of signersOf(signature, usableCertificates(certificates))) {
    const xml = verified(text, element, pem);
    if (xml !== null) return { xml, signedBy: fingerprint };
  }
  throw new SamlError(
    'SAML_SIGNATURE',
    `The signature of <${element.localName}> was made by no trusted certificate, or what it signs was changed since.`,
    { point: 9 },
  );
}

function verified(text: string, element: Element, pem: string): string | null {
  try {
    return getVerifiedXml(text, element, [pem]);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SamlError('SAML_SIGNATURE', `The signature of <${element.localName}> is wrong: ${why}`, {
      cause,
      point: 9,
    });
  }
}
