import type { SamlError } from '../error.ts';
import { readCertificate } from '../provider/certificate/certificate.ts';
import type { KnownCertificate } from '../provider/configuration.ts';
import type { TrustedCertificate } from '../provider/provider.ts';
import { unusable } from './metadata-error.ts';
import type { MetadataReading } from './read.ts';

/** Whose signature makes metadata believed: the pinned certificate's alone where one is pinned, else any trusted one's. */
export const believedBy = (
  pinned: string | null,
  certificates: readonly KnownCertificate[],
): readonly TrustedCertificate[] =>
  pinned === null ? certificates.filter(({ state }) => state === 'trusted') : [readCertificate(pinned)];

/** Where a certificate is pinned, metadata without its signature is not even looked at. */
export function pinRefusal(pinned: string | null, { signedBy, notes }: MetadataReading): SamlError | undefined {
  if (pinned === null || signedBy !== null) return undefined;
  return unusable(
    `The metadata was not signed by the certificate that is pinned for it${notes.length > 0 ? `: ${notes.join(' ')}` : '.'} Ask the identity provider whether it signs with another one now, and pin that (saml:set --metadata-certificate).`,
  );
}
