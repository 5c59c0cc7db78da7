import type { ModifiedAttribute } from '../../activity/index.ts';
import { type ServiceToken, service } from '../../framework/index.ts';
import type { TrustedCertificate } from '../provider/provider.ts';

/** Metadata as an administrator hands it in: the text itself, or where it is. */
export type GivenMetadata = {
  /** Which identity provider, where the metadata has several. */
  readonly entityId?: string | undefined;
} & ({ readonly text: string } | { readonly url: string });

/** What metadata changed, or would change. */
export interface MetadataReport {
  readonly entityId: string;
  /** Certificates whose signatures count from now on. */
  readonly trusted: readonly TrustedCertificate[];
  /** Certificates that wait for an administrator's word. */
  readonly offered: readonly TrustedCertificate[];
  /** Fingerprints of trusted certificates that the metadata does not list any more. They stay trusted. */
  readonly vanished: readonly string[];
  /** What it says differently of the identity provider; in effect where `applied`. */
  readonly facts: readonly ModifiedAttribute[];
  /** False where a refresh found something that an administrator has to take over. */
  readonly applied: boolean;
  /** Fingerprint of the believed certificate that signed the metadata; null where none did. */
  readonly signedBy: string | null;
  readonly notes: readonly string[];
}

/** The metadata of identity providers: taken over at an administrator's word, refreshed without believing anything new. */
export interface IdpMetadata {
  /**
   * Takes the identity provider's addresses and certificates over; the administrator's act is the trust. Certificates
   * that were distrusted stay so. Where it is another identity provider than before, trust in the old one's
   * certificates ends.
   * @throws SamlError `SAML_METADATA_INVALID`, `SAML_METADATA_UNREACHABLE`
   */
  import(code: string, given: GivenMetadata, actor?: string): Promise<MetadataReport>;
  /**
   * Reads the metadata's address again. What is new is offered, never trusted, unless a trusted certificate or the
   * pinned one has signed the metadata.
   * @throws SamlError `SAML_METADATA_INVALID`, `SAML_METADATA_UNREACHABLE`; also noted with the connection
   */
  refresh(code: string, actor?: string): Promise<MetadataReport>;
  /** Takes over the addresses that a refresh has offered; certificates are trusted one by one. */
  takeOver(code: string, actor?: string): Promise<void>;
}
export const IdpMetadata: ServiceToken<IdpMetadata> = service<IdpMetadata>('saml.IdpMetadata');
