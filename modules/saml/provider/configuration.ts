import type { Connection } from '../../connection/index.ts';
import type { OwnAddresses } from './addresses.ts';
import type { IdpFacts } from './idp-facts.ts';
import type { SamlSettings, TrustedCertificate } from './provider.ts';

/** Trusted: its signatures count. Offered: seen in refreshed metadata, counts for nothing. Distrusted: never again offered. */
export const certificateStates = ['trusted', 'offered', 'distrusted'] as const;
export type CertificateState = (typeof certificateStates)[number];

/** A certificate of the identity provider, in whatever state. */
export interface KnownCertificate extends TrustedCertificate {
  readonly state: CertificateState;
  /** UTC, `YYYY-MM-DD HH:MM:SS`. */
  readonly addedAt: string;
  /** Since when the metadata has not listed it any more; null where it does, or where there is no metadata. */
  readonly missingSince: string | null;
}

/** Active: signs. Next: published beside it, signs after the rollover. Retiring: still decrypts, published no more. */
export const keyStates = ['active', 'next', 'retiring'] as const;
export type KeyState = (typeof keyStates)[number];

/** A key of ours as it may be shown: without the private half. */
export interface ShownKey {
  readonly id: number;
  readonly state: KeyState;
  /** PEM. */
  readonly certificate: string;
  readonly fingerprint: string;
  readonly notAfter: Date;
  /** UTC, `YYYY-MM-DD HH:MM:SS`. */
  readonly createdAt: string;
}

/** Where the identity provider's metadata comes from. Times are UTC, `YYYY-MM-DD HH:MM:SS`. */
export interface MetadataSource {
  /** Null where it was given as a file or a text. */
  readonly url: string | null;
  /** PEM of the certificate that its metadata has to be signed with to be believed unseen. */
  readonly certificate: string | null;
  readonly readAt: string | null;
  readonly triedAt: string | null;
  /** Why the last refresh failed; null where it did not. */
  readonly problem: string | null;
}

/** All that an administrator may know of a connection's SAML half, as it stands in the database. */
export interface SamlConfiguration extends OwnAddresses {
  readonly connection: Connection;
  /** The switch. A paused connection serves nothing all the same. */
  readonly on: boolean;
  readonly settings: SamlSettings;
  readonly idp: IdpFacts | undefined;
  /** What refreshed metadata says differently and nobody has taken over yet; certificates stand in `certificates`. */
  readonly offered: IdpFacts | undefined;
  readonly source: MetadataSource;
  readonly certificates: readonly KnownCertificate[];
  readonly keys: readonly ShownKey[];
}
