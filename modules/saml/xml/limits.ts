/** How large a document may be. */
export interface XmlLimits {
  /** In UTF-8. */
  readonly maxBytes: number;
  readonly maxDepth: number;
  readonly maxElements: number;
  /** `refuse` for messages: no identity provider sends comments, and many attacks do. */
  readonly comments: 'refuse' | 'allow';
}

/** Limits of a SAML message. An assertion with a thousand groups has about 1,100 elements. */
export const messageLimits: XmlLimits = {
  maxBytes: 256 * 1024,
  maxDepth: 64,
  maxElements: 4096,
  comments: 'refuse',
};

/** What a compressed message may become. */
export const maxInflated = 64 * 1024;
