/** A request of ours that an identity provider has not answered yet. */
export interface PendingRequest {
  /** The message's ID: `_` and 160 bits in hex. */
  readonly id: string;
  readonly connectionId: number;
  readonly kind: 'login' | 'logout' | 'test';
  /** Where the browser goes afterwards; checked when the request was opened. */
  readonly returnTo: string | null;
  readonly createdAt: Date;
}
