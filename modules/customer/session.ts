import { type ServiceToken, service, sql, type Transaction } from '../framework/index.ts';

/** Magento's user type of customers in tokens and in `jwt_auth_revoked`. */
const customerUserType = 3;

export interface Sessions {
  /**
   * Ends what a customer holds besides its storefront sessions: API tokens, "remember me", JWTs issued until now.
   * Storefront sessions end through the column `session_cutoff` (see `lockOutColumns`). Three statements.
   */
  end(tx: Transaction, customerId: number, now: Date): void;
}
export const Sessions: ServiceToken<Sessions> = service<Sessions>('customer.Sessions');

/** See `Sessions.end`. Magento refuses a JWT whose `iat`, in whole seconds, is not after `revoke_before`. */
export function endSessions(tx: Transaction, customerId: number, now: Date): void {
  const seconds = Math.floor(now.getTime() / 1000);
  tx.later(sql`DELETE FROM {oauth_token} WHERE customer_id = ${customerId}`);
  tx.later(sql`DELETE FROM {persistent_session} WHERE customer_id = ${customerId}`);
  tx.later(sql`INSERT INTO {jwt_auth_revoked} (user_type_id, user_id, revoke_before)
    VALUES (${customerUserType}, ${customerId}, ${seconds})
    ${tx.dialect.onDuplicate(['user_type_id', 'user_id'], ['revoke_before'])}`);
}
