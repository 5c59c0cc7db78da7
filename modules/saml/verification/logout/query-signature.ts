import { verify } from 'node:crypto';
import { SamlError } from '../../error.ts';
import type { TrustedCertificate } from '../../provider/provider.ts';
import { decodeBase64 } from '../../xml/base64.ts';
import { signatureMethods } from '../signature/algorithms.ts';
import { usableCertificates } from '../signature/trusted-keys.ts';
import type { RedirectMessage } from './query.ts';

/**
 * Verifies the signature of a redirect.
 *
 * @throws SamlError `SAML_ALGORITHM`, `SAML_SIGNATURE` (point 9)
 */
export function verifyRedirect(
  { algorithm, signature, signedText }: RedirectMessage,
  certificates: readonly TrustedCertificate[],
): void {
  const method = signatureMethods.get(algorithm);
  if (!method)
    throw new SamlError(
      'SAML_ALGORITHM',
      `The logout message is signed with ${JSON.stringify(algorithm.slice(0, 128))}. Let the identity provider sign with RSA and SHA-256.`,
      { point: 9 },
    );
  const bytes = decodeBase64(signature, 1024);
  const verified = usableCertificates(certificates).some(({ key }) =>
    verify(method.hash, Buffer.from(signedText, 'latin1'), { key, ...method.options }, bytes),
  );
  if (!verified)
    throw new SamlError(
      'SAML_SIGNATURE',
      'The logout message was signed by no trusted certificate, or its address was changed since.',
      { point: 9 },
    );
}
