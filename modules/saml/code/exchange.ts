import type { Activities } from '../../activity/index.ts';
import type { Connection } from '../../connection/index.ts';
import type { Customers, CustomerTokens } from '../../customer/index.ts';
import { type Database, type ServiceToken, service } from '../../framework/index.ts';
import { plainAddress } from '../login/return-address.ts';
import { mayStay } from '../login/standing.ts';
import type { SamlCodes } from './code.ts';

/** A code as a storefront brings it. */
export interface CodeToExchange {
  readonly connection: Connection;
  readonly code: string;
  /** Where the browser came with the code, without the code. */
  readonly redirect: string;
  /** Name of the storefront's token. */
  readonly actor: string;
  readonly requestId: string;
  readonly now: Date;
}

/** Who has logged in, and the token with which the storefront speaks for the customer. */
export interface ExchangedCode {
  readonly customerId: number;
  readonly email: string;
  readonly websiteId: number | null;
  readonly token: string;
  /** UTC, ISO 8601. */
  readonly expiresAt: string;
}

/** Exchanges the one-time code of a login for the customer and a token of the store. */
export interface CodeExchange {
  /**
   * In one transaction with its record. Undefined for whatever is no good code of this connection and address, be it
   * wrong, used, too old, somebody else's, or of a customer who may not log in any more: nobody is told which.
   */
  exchange(given: CodeToExchange): Promise<ExchangedCode | undefined>;
}
export const CodeExchange: ServiceToken<CodeExchange> = service<CodeExchange>('saml.CodeExchange');

export function createExchange(parts: {
  readonly database: Database;
  readonly codes: SamlCodes;
  readonly customers: Customers;
  readonly tokens: CustomerTokens;
  readonly activities: Activities;
}): CodeExchange {
  const { database, codes, customers, tokens, activities } = parts;
  return {
    async exchange({ connection, code, redirect, actor, requestId, now }) {
      const address = plainAddress(redirect);
      if (address === undefined) return undefined;
      await customers.ready(database);
      return database.transaction(async (tx) => {
        const redeemed = await codes.redeem(tx, { connectionId: connection.id, code, redirect: address }, now);
        if (!redeemed) return undefined;
        const { customerId } = redeemed;
        const customer = await customers.byId(tx, customerId, { forUpdate: true });
        if (!mayStay(customer)) return undefined;
        const { token, expiresAt } = await tokens.issue(tx, customerId, now);
        const { email, website_id } = customer.attributes;
        activities.record(tx, {
          at: now,
          operation: 'sign-in.exchange',
          outcome: 'done',
          status: 200,
          connectionId: connection.id,
          customerId,
          actor,
          requestId,
        });
        return {
          customerId,
          email: String(email ?? ''),
          websiteId: website_id === null || website_id === undefined ? null : Number(website_id),
          token,
          expiresAt: expiresAt.toISOString(),
        };
      });
    },
  };
}
