import { getVerifiedXml } from '@node-saml/node-saml/lib/xml.js';
import { SamlError } from '../../error.ts';
import type { TrustedCertificate } from '../../provider/provider.ts';
import { checkSignatureShape, signatureOf } from './shape.ts';
import { signersOf } from './signers.ts';
import { type UsableCertificate, usableCertificates } from './trusted-keys.ts';

/** Signed content, and who signed it. */
export interface SignedContent {
  /** Canonical. Nothing else of the document may be believed. */
  readonly xml: string;
  /** Fingerprint of the certificate that verified it. */
  readonly signedBy: string;
}

/** Up to this many characters a document costs little more to be canonicalized than its signature to be looked at alone. */
const small = 16_384;

/**
 * The certificates that are worth a whole check. Where there is one and the document is small, looking at `<SignedInfo>` first
 * would check the same signature twice, at every login, to spare strangers' documents a few milliseconds.
 */
function candidates(
  text: string,
  signature: Element,
  certificates: readonly TrustedCertificate[],
): readonly UsableCertificate[] {
  const usable = usableCertificates(certificates);
  return usable.length === 1 && text.length <= small ? usable : signersOf(signature, usable);
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
  for (const { pem, fingerprint } of candidates(text, signature, certificates)) {
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
