/** What a verified assertion says. Everything in it was signed by a trusted certificate. */
export interface VerifiedAssertion {
  readonly issuer: string;
  readonly responseId: string;
  readonly assertionId: string;
  readonly inResponseTo: string | undefined;
  readonly nameId: {
    readonly value: string;
    readonly format: string | undefined;
    readonly nameQualifier: string | undefined;
    readonly spNameQualifier: string | undefined;
  };
  readonly sessionIndex: string | undefined;
  readonly sessionNotOnOrAfter: Date | undefined;
  readonly authnInstant: Date | undefined;
  readonly authnContext: string | undefined;
  /** By attribute name; a Map, because names come from outside. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  readonly notOnOrAfter: Date;
  /** The signed assertion, for the page of a test login. */
  readonly xml: string;
  readonly encrypted: boolean;
  /** Fingerprint of the certificate that verified it. */
  readonly signedBy: string;
}
