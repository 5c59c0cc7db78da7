import { type KeyObject, X509Certificate } from 'node:crypto';
import { SamlError } from '../../error.ts';
import { neededKey, weaknessOf } from '../../provider/certificate/key-strength.ts';
import type { TrustedCertificate } from '../../provider/provider.ts';
import { recent } from '../recent.ts';

/** A trusted certificate whose key is good enough. */
export interface UsableCertificate {
  readonly pem: string;
  readonly fingerprint: string;
  readonly key: KeyObject;
}

const keyOf = recent((pem) => {
  const key = new X509Certificate(pem).publicKey;
  return { key, weakness: weaknessOf(key) };
});

/**
 * The certificates that may verify: those an administrator has trusted, whatever a message brings along, and of them the
 * ones whose keys are strong enough. The end of a certificate's life is no reason: trust ends when the
 * administrator says so.
 *
 * @throws SamlError `SAML_ALGORITHM` where none is left (point 9)
 */
export function usableCertificates(certificates: readonly TrustedCertificate[]): readonly UsableCertificate[] {
  const all = certificates.map(({ pem, fingerprint }) => ({ pem, fingerprint, ...keyOf(pem) }));
  const usable = all.filter(({ weakness }) => weakness === undefined);
  if (usable.length > 0) return usable;
  const reasons = all.map(({ fingerprint, weakness }) => `${fingerprint.slice(0, 16)}… has ${weakness}`);
  const why = reasons.length > 0 ? `${reasons.join('; ')}; needed is ${neededKey}` : 'none is trusted';
  throw new SamlError('SAML_ALGORITHM', `No certificate of the identity provider can verify its messages: ${why}.`, {
    point: 9,
  });
}
