import { type Executor, type ServiceToken, service, type Transaction } from '../../framework/index.ts';

/** Who logged in, for the storefront that holds the code. */
export interface RedeemedCode {
  readonly customerId: number;
}

/**
 * One-time codes with which a browser tells a storefront who has logged in. They pass through addresses, so they are
 * good for a minute and once, and only for who the connection's storefront is and for the address they were sent to.
 */
export interface SamlCodes {
  /** Makes a code for a browser that goes to `redirect`; one statement, left for the commit. */
  issue(tx: Transaction, code: { connectionId: number; customerId: number; redirect: string }, now: Date): string;
  /**
   * Takes a code: whoever deletes its row gets it, all others and whoever names another connection or address get
   * nothing.
   */
  redeem(
    db: Executor,
    given: { connectionId: number; code: string; redirect: string },
    now: Date,
  ): Promise<RedeemedCode | undefined>;
}
export const SamlCodes: ServiceToken<SamlCodes> = service<SamlCodes>('saml.SamlCodes');
