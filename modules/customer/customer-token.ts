import {
  type ConfigReader,
  configSection,
  type Encryptor,
  randomText,
  type ServiceToken,
  service,
  sql,
  sqlTimestamp,
  type Transaction,
} from '../framework/index.ts';
import { customerUserType } from './session.ts';

/** Magento's own path and default. */
export const tokenLifetime = configSection('oauth/access_token_lifetime', {
  tab: 'customers',
  label: 'Access Token Expiration',
  acl: 'customer::config',
  fields: {
    customer: {
      type: 'number',
      label: 'Customer Token Lifetime (hours)',
      comment: 'How long a token works with which a storefront speaks for a customer.',
      default: 1,
      min: 0.01,
      scope: 'default',
    },
  },
});

/** A token with which a storefront speaks for a customer in the store's REST and GraphQL. */
export interface CustomerToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Logs customers in at the store without a password: for whoever knows by other means who they are. */
export interface CustomerTokens {
  /**
   * Writes an opaque token as Magento writes it when a customer logs in, notes the log-in in `customer_log`, and answers
   * the token, which the store keeps in clear. Whether the customer may log in is the caller's to know. Two statements,
   * both left for the commit; they end with `Sessions.end`.
   */
  issue(tx: Transaction, customerId: number, now: Date): Promise<CustomerToken>;
}
export const CustomerTokens: ServiceToken<CustomerTokens> = service<CustomerTokens>('customer.CustomerTokens');

const hour = 3_600_000;

/** The service behind the token `CustomerTokens`. */
export function makeCustomerTokens(
  encryptor: Encryptor,
  config: ConfigReader<(typeof tokenLifetime)['fields']>,
): CustomerTokens {
  return {
    async issue(tx, customerId, now) {
      const token = randomText(32);
      const at = sqlTimestamp(now);
      const lifetime = (await config.get('customer')) * hour;
      tx.later(sql`INSERT INTO {oauth_token} (customer_id, type, token, secret, callback_url, user_type, created_at)
        VALUES (${customerId}, ${'access'}, ${token}, ${encryptor.encrypt(randomText(32))}, ${''}, ${customerUserType}, ${at})`);
      tx.later(sql`INSERT INTO {customer_log} (customer_id, last_login_at) VALUES (${customerId}, ${at})
        ${tx.dialect.onDuplicate(['customer_id'], ['last_login_at'])}`);
      // The store counts from `created_at`, which has whole seconds.
      return { token, expiresAt: new Date(Math.floor(now.getTime() / 1000) * 1000 + lifetime) };
    },
  };
}
