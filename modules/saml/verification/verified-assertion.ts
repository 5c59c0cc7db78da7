/** Whom a message is about, in the words of the identity provider. */
export interface NameId {
  readonly value: string;
  readonly format: string | undefined;
  readonly nameQualifier: string | undefined;
  readonly spNameQualifier: string | undefined;
}

/** What a verified assertion says. Everything in it was signed by a trusted certificate. */
export interface VerifiedAssertion {
  readonly issuer: string;
  readonly responseId: string;
  readonly assertionId: string;
  /** The request it answers, as signed; undefined: it came unasked. */
  readonly inResponseTo: string | undefined;
  readonly nameId: NameId;
  readonly sessionIndex: string | undefined;
  readonly sessionNotOnOrAfter: Date | undefined;
  readonly authnInstant: Date | undefined;
  readonly authnContext: string | undefined;
  /** By attribute name; a Map, because names come from outside. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  /** From then on it is refused as expired, the tolerance for clocks included. */
  readonly notOnOrAfter: Date;
  /** The signed assertion, for the page of a test login. */
  readonly xml: string;
  readonly encrypted: boolean;
  /** Fingerprint of the certificate that verified it. */
  readonly signedBy: string;
}
