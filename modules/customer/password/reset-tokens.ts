import {
  type ConfigReader,
  type Encryptor,
  type Executor,
  randomText,
  type ServiceToken,
  service,
  sql,
  sqlTimestamp,
  type Transaction,
} from '../../framework/index.ts';
import type { passwordSettings } from '../settings.ts';

/** Tokens of "reset your password" links. The row holds them encrypted. */
export interface ResetTokens {
  /** Gives a customer a new token, in place of the old one, and answers it. */
  issue(tx: Transaction, customerId: number, now: Date): Promise<string>;
  /** The customer's token while it is valid: not expired, not from the future, and readable with the keys at hand. */
  current(db: Executor, customerId: number, now: Date): Promise<string | undefined>;
  /** For how many hours a token is good. */
  lifetime(): Promise<number>;
  /** Makes an issued token void. */
  clear(tx: Transaction, customerId: number, now: Date): Promise<void>;
}
export const ResetTokens: ServiceToken<ResetTokens> = service<ResetTokens>('customer.ResetTokens');

const hour = 3_600_000;

/** The service behind the token `ResetTokens`. */
export function makeResetTokens(
  encryptor: Encryptor,
  config: ConfigReader<(typeof passwordSettings)['fields']>,
): ResetTokens {
  return {
    issue: async (tx, customerId, now) => {
      const token = randomText(32);
      const at = sqlTimestamp(now);
      await tx.run(sql`UPDATE {customer_entity} SET rp_token = ${encryptor.encrypt(token)}, rp_token_created_at = ${at},
        updated_at = ${at} WHERE entity_id = ${customerId}`);
      return token;
    },
    current: async (db, customerId, now) => {
      const row = await db.first<{ rp_token: string | null; rp_token_created_at: string | null }>(
        sql`SELECT rp_token, rp_token_created_at FROM {customer_entity} WHERE entity_id = ${customerId}`,
      );
      if (!row?.rp_token || !row.rp_token_created_at) return undefined;
      const age = now.getTime() - Date.parse(`${row.rp_token_created_at.replace(' ', 'T')}Z`);
      if (age < 0 || Math.floor(age / hour) >= (await config.get('reset_link_expiration_period'))) return undefined;
      return decrypted(encryptor, row.rp_token);
    },
    lifetime: () => config.get('reset_link_expiration_period'),
    clear: async (tx, customerId, now) => {
      await tx.run(sql`UPDATE {customer_entity} SET rp_token = NULL, rp_token_created_at = NULL,
        updated_at = ${sqlTimestamp(now)} WHERE entity_id = ${customerId}`);
    },
  };
}

/** A token that cannot be read back (an older format, a key that is gone) is no token: the customer asks for another. */
function decrypted(encryptor: Encryptor, stored: string): string | undefined {
  try {
    return encryptor.decrypt(stored) || undefined;
  } catch {
    return undefined;
  }
}
