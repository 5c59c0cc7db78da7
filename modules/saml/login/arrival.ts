import type { SamlProvider } from '../provider/provider.ts';
import type { Refusal } from './refusal.ts';

/** An answer of an identity provider, as a browser brings it to the assertion consumer service. */
export interface Arrival {
  readonly provider: SamlProvider;
  /** The form's fields. */
  readonly response: string;
  readonly relayState: string | undefined;
  /** Digest of the nonce that the browser's cookie holds. */
  readonly browser: string | undefined;
  /** The secret of the session that the browser has had so far. */
  readonly before: string | undefined;
  readonly address: string | undefined;
  readonly agent: string | undefined;
  readonly requestId: string;
  readonly now: Date;
}

/** Where the browser goes on, and the session that it gets. */
export interface Welcome {
  readonly to: string;
  /** Undefined after a test login, which signs nobody in. */
  readonly session: { readonly secret: string; readonly endsAt: Date } | undefined;
}

/** Somebody who is not signed in; the record has it under the request's id. */
export class LoginRefused extends Error {
  override readonly name = 'LoginRefused';
  readonly refusal: Refusal;

  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(refusal.title, options);
    this.refusal = refusal;
  }
}
