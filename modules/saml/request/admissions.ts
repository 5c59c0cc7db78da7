import { type ServiceToken, service, type Transaction } from '../../framework/index.ts';
import type { SamlProvider } from '../provider/provider.ts';
import type { VerifiedLogoutRequest, VerifiedLogoutResponse } from '../verification/logout-verifier.ts';
import type { VerifiedAssertion } from '../verification/verified-assertion.ts';
import type { PendingRequest } from './pending-request.ts';

/** Who brings a verified message. */
export interface Bearer {
  readonly provider: SamlProvider;
  /** SHA-256 in hex of the nonce in the browser's cookie; undefined where it has none. */
  readonly browser: string | undefined;
  readonly now: Date;
}

/**
 * Points 7 and 8 of the guard: a verified message was asked for by this browser, or may come unasked, and comes for the
 * first time. Commit it before anything is done with the message: what is rolled back may come again.
 */
export interface Admissions {
  /**
   * @returns the request that the assertion answers, consumed; undefined for one that came unasked and may
   * @throws SamlError `SAML_UNSOLICITED`, `SAML_REPLAYED`
   */
  login(tx: Transaction, assertion: VerifiedAssertion, bearer: Bearer): Promise<PendingRequest | undefined>;
  /** @throws SamlError `SAML_REPLAYED` */
  logoutRequest(tx: Transaction, request: VerifiedLogoutRequest, bearer: Bearer): Promise<void>;
  /** @throws SamlError `SAML_UNSOLICITED` where it answers no logout request of this browser */
  logoutResponse(tx: Transaction, response: VerifiedLogoutResponse, bearer: Bearer): Promise<PendingRequest>;
}
export const Admissions: ServiceToken<Admissions> = service<Admissions>('saml.Admissions');
