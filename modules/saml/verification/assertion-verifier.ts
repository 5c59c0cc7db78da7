import { type ServiceToken, service } from '../../framework/index.ts';
import type { SamlProvider } from '../provider/provider.ts';
import type { VerifiedAssertion } from './verified-assertion.ts';

/** A response as it came to the assertion consumer service. */
export interface ResponseArrival {
  readonly provider: SamlProvider;
  /** The form field `SAMLResponse`, as sent. */
  readonly response: string;
  readonly now: Date;
}

/**
 * Says whether a response is what the identity provider of a connection sent to it: points 1 to 6 and 9 to 13 of the
 * guard. Pure: whether it was asked for, and whether it comes for the first time (7, 8), is for `Admissions` to say, and
 * who it is about (14) for provisioning.
 */
export interface AssertionVerifier {
  /** @throws SamlError of the point that refused it */
  verify(arrival: ResponseArrival): Promise<VerifiedAssertion>;
}
export const AssertionVerifier: ServiceToken<AssertionVerifier> = service<AssertionVerifier>('saml.AssertionVerifier');
