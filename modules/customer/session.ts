import { type ServiceToken, service, sql, sqlTimestamp, type Transaction } from '../framework/index.ts';

/** Magento's user type of customers in tokens and in `jwt_auth_revoked`. */
export const customerUserType = 3;

export interface Sessions {
  /**
   * Ends what a customer holds besides its storefront sessions: API tokens, "remember me", JWTs issued until now.
   * Storefront sessions end through the column `session_cutoff` (see `lockOutColumns`). Three statements.
   */
  end(tx: Transaction, customerId: number, now: Date): void;
  /**
   * The same, and the storefront sessions that began before `now`: logs a customer out of the store everywhere. Four
   * statements; `updated_at` stays, because nothing of the customer has changed.
   */
  cutOff(tx: Transaction, customerId: number, now: Date): void;
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

/** See `Sessions.cutOff`. */
export function cutOffSessions(tx: Transaction, customerId: number, now: Date): void {
  endSessions(tx, customerId, now);
  tx.later(sql`UPDATE {customer_entity} SET session_cutoff = ${sqlTimestamp(now)}, updated_at = updated_at
    WHERE entity_id = ${customerId}`);
}
