import { SamlError } from '../../error.ts';
import type { TrustedCertificate } from '../../provider/provider.ts';
import { decodeBase64 } from '../../xml/base64.ts';
import { hasSigned, type SignatureMethod, signatureCure, signatureMethods } from '../signature/algorithms.ts';
import { usableCertificates } from '../signature/trusted-keys.ts';
import type { QuerySignature } from './query.ts';

/**
 * Verifies the signature of a redirect.
 *
 * @throws SamlError `SAML_ALGORITHM`, `SAML_SIGNATURE` (point 9)
 */
export function verifyRedirect(
  { algorithm, value, text: signedText }: QuerySignature,
  certificates: readonly TrustedCertificate[],
): void {
  const method = signatureMethods.get(algorithm);
  if (!method)
    throw new SamlError(
      'SAML_ALGORITHM',
      `The logout message is signed with ${JSON.stringify(algorithm.slice(0, 128))}. ${signatureCure}`,
      { point: 9 },
    );
  const bytes = decodeBase64(value, 1024);
  const text = Buffer.from(signedText, 'latin1');
  const verified = usableCertificates(certificates).some(({ key }) =>
    formsOf(method).some((form) => hasSigned(form, key, text, bytes)),
  );
  if (!verified)
    throw new SamlError(
      'SAML_SIGNATURE',
      'The logout message was signed by no trusted certificate, or its address was changed since.',
      { point: 9 },
    );
}

/**
 * ECDSA in an address comes in two forms: that of XML Signature, and DER, which libraries give that sign without any XML
 * about. Either is a signature of the same text by the same key.
 */
const formsOf = (method: SignatureMethod): readonly SignatureMethod[] =>
  method.keyKind === 'ec' ? [method, { ...method, options: { dsaEncoding: 'der' } }] : [method];
