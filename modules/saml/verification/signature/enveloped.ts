import type { KeyObject } from 'node:crypto';
import { getVerifiedXml } from '@node-saml/node-saml/lib/xml.js';
import { SamlError } from '../../error.ts';
import type { TrustedCertificate } from '../../provider/provider.ts';
import { isKeyOf, ofNodeSaml, rsaPss, signatureMethods } from './algorithms.ts';
import { verifiedByFurtherMethods } from './further-methods.ts';
import { checkSignatureShape, type SignatureAlgorithms, signatureOf } from './shape.ts';
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
  usable: readonly UsableCertificate[],
): readonly UsableCertificate[] {
  return usable.length === 1 && text.length <= small ? usable : signersOf(signature, usable);
}

/** Those that can have made a signature of this method. */
function ofItsKind(uri: string, certificates: readonly TrustedCertificate[]): readonly UsableCertificate[] {
  const method = signatureMethods.get(uri);
  return usableCertificates(certificates).filter(({ key }) => method !== undefined && isKeyOf(method, key));
}

/**
 * Verifies the signature that an element carries over itself, by node-saml's own check: its `SAML` class calls the same
 * function, but reads the clock of the machine and decrypts in between. What that check knows no method for goes to the
 * library beneath it.
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
  const algorithms = checkSignatureShape(signature, element);
  for (const certificate of candidates(text, signature, ofItsKind(algorithms.method, certificates))) {
    const xml = verified(text, { element, signature, algorithms }, certificate);
    if (xml !== null) return { xml, signedBy: certificate.fingerprint };
  }
  throw new SamlError(
    'SAML_SIGNATURE',
    `The signature of <${element.localName}> was made by no trusted certificate, or what it signs was changed since.`,
    { point: 9 },
  );
}

/**
 * node-saml hands the key on as it is, and xml-crypto takes any form of one, but for RSA-PSS, of which it wants the text. Read
 * from the certificate anew, it would cost more than the verification.
 */
const keyFor = (method: string, { pem, key }: UsableCertificate): string =>
  method === rsaPss ? pem : (key as KeyObject & string);

/** A signature and what it stands in. */
interface Enveloped {
  readonly element: Element;
  readonly signature: Element;
  readonly algorithms: SignatureAlgorithms;
}

function verified(
  text: string,
  { element, signature, algorithms }: Enveloped,
  certificate: UsableCertificate,
): string | null {
  try {
    return ofNodeSaml.has(algorithms.method) && ofNodeSaml.has(algorithms.digest)
      ? getVerifiedXml(text, element, [keyFor(algorithms.method, certificate)])
      : verifiedByFurtherMethods(text, signature, certificate);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SamlError('SAML_SIGNATURE', `The signature of <${element.localName}> is wrong: ${why}`, {
      cause,
      point: 9,
    });
  }
}
