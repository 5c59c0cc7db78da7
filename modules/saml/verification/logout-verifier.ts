import { type ServiceToken, service } from '../../framework/index.ts';
import type { SamlProvider } from '../provider/provider.ts';
import type { NameId } from './verified-assertion.ts';

/** A logout message as it came: the raw query string of a redirect (signatures are over it), or the fields of a form. */
export type LogoutArrival = {
  readonly provider: SamlProvider;
  readonly now: Date;
} & (
  | { readonly binding: 'redirect' /** Exactly as received, without the `?`. */; readonly rawQuery: string }
  | { readonly binding: 'post'; readonly message: string; readonly relayState: string | undefined }
);

interface LogoutMessage {
  readonly id: string;
  readonly issuer: string;
  /** Opaque; of a redirect it was signed. */
  readonly relayState: string | undefined;
  /** Until when a message with this ID has to be remembered. */
  readonly notOnOrAfter: Date;
}

/** The identity provider ends sessions of a person. Without session indexes: all of them. */
export interface VerifiedLogoutRequest extends LogoutMessage {
  readonly kind: 'request';
  readonly nameId: NameId;
  readonly sessionIndexes: readonly string[];
}

/**
 * The identity provider's answer to a request of ours. Some, Entra among them, do not sign it: then it is anybody's word, and
 * as nothing but the end of the request that it answers it can be taken.
 */
export interface VerifiedLogoutResponse extends LogoutMessage {
  readonly signed: boolean;
  readonly kind: 'response';
  readonly inResponseTo: string;
  readonly status: 'success' | 'partial' | 'failed';
}

/** Says whether a logout message is one of the connection's identity provider, for this address and for now. */
export interface LogoutVerifier {
  /** Pure: that a message comes for the first time is for `Admissions` to say. @throws SamlError */
  verify(arrival: LogoutArrival): Promise<VerifiedLogoutRequest | VerifiedLogoutResponse>;
}
export const LogoutVerifier: ServiceToken<LogoutVerifier> = service<LogoutVerifier>('saml.LogoutVerifier');
