import type { Connection } from '../../connection/index.ts';

/** A certificate that the identity provider of a connection signs with, as an administrator has trusted it. */
export interface TrustedCertificate {
  readonly pem: string;
  /** SHA-256 of the DER, in lower-case hex. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** A key pair of ours. The private key is decrypted in memory only. */
export interface SamlKey {
  readonly id: number;
  readonly certificate: string;
  readonly privateKey: string;
  readonly fingerprint: string;
  readonly notAfter: Date;
}

/** Where an identity provider takes messages, by binding. */
export interface Endpoints {
  readonly redirect?: string;
  readonly post?: string;
  /** From server to server; of logout addresses only. */
  readonly soap?: string;
}

/** What we know of the identity provider behind a connection. */
export interface IdentityProvider {
  readonly entityId: string;
  readonly ssoUrls: Endpoints;
  readonly sloUrls: Endpoints;
  /** Trusted ones only: those that wait for an administrator's word are not here. */
  readonly certificates: readonly TrustedCertificate[];
  /** Where answers to logout requests go, if not to `sloUrls`. */
  readonly sloResponseUrls: Endpoints;
}

export const nameIdFormats = ['unspecified', 'emailAddress', 'persistent', 'transient'] as const;
export const requestBindings = ['redirect', 'post'] as const;

/** One row of the table that turns an assertion's attributes into a SCIM-shaped user. */
export interface ClaimRow {
  /** Name of the attribute in the assertion, or `NameID`. */
  readonly claim: string;
  /** SCIM path, as mapping rows write it. */
  readonly path: string;
}

/** What an administrator decides of a connection's SAML half. */
export interface SamlSettings {
  readonly signRequests: boolean;
  /** Signs our own metadata document. */
  readonly signMetadata: boolean;
  readonly wantResponseSigned: boolean;
  readonly wantAssertionEncrypted: boolean;
  readonly requestBinding: (typeof requestBindings)[number];
  readonly nameIdFormat: (typeof nameIdFormats)[number];
  readonly idpInitiated: boolean;
  readonly forceAuthn: boolean;
  readonly authnContext: string | null;
  readonly createAtLogin: boolean;
  readonly updateAtLogin: boolean;
  /** False: SCIM's value wins wherever its document has one. */
  readonly samlWins: boolean;
  /** Links by an e-mail address of a verified domain of the connection's policy; never without one. */
  readonly linkByEmail: boolean;
  /** The attribute that identifies the person instead of the NameID. */
  readonly identifier: string | null;
  readonly groupsAttribute: string | null;
  /** Empty: the built-in table of the connection's profile. */
  readonly claims: readonly ClaimRow[];
  /** Where the browser may be sent after login: exact URLs, or prefixes that end in `/`. */
  readonly redirects: readonly string[];
}

/** A connection as SAML service provider. Immutable: what was in effect when it was read. */
export interface SamlProvider {
  readonly connection: Connection;
  /** True where SAML is switched on and the connection is not paused. */
  readonly enabled: boolean;
  readonly entityId: string;
  readonly acsUrl: string;
  readonly logoutUrl: string;
  readonly metadataUrl: string;
  readonly idp: IdentityProvider | undefined;
  readonly keys: {
    readonly signing: SamlKey | undefined;
    /** The key that takes over when the rollover that is under way is completed. */
    readonly next: SamlKey | undefined;
    /** Every key that an identity provider may still encrypt for: the active, the next and the one before. */
    readonly decryption: readonly SamlKey[];
  };
  readonly settings: SamlSettings;
}
