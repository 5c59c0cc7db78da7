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
import { same } from './comparison.ts';

/** Tokens of "reset your password" links. The row holds them encrypted. */
export interface ResetTokens {
  /** Gives a customer a new token, in place of the old one, and answers it. */
  issue(tx: Transaction, customerId: number, now: Date): Promise<string>;
  /** The customer's token while it is valid: not expired, not from the future, and readable with the keys at hand. */
  current(db: Executor, customerId: number, now: Date): Promise<string | undefined>;
  /** What a link is worth that holds this token: `good`, `expired`, or nothing, as with a customer who does not exist. */
  standing(db: Executor, customerId: number, token: string, now: Date): Promise<'good' | 'expired' | 'unknown'>;
  /** Uses a good token up; of several who come with it at once, one is answered true. */
  spend(tx: Transaction, customerId: number, token: string, now: Date): Promise<boolean>;
  /** For how many hours a token is good. */
  lifetime(): Promise<number>;
  /** Makes an issued token void. */
  clear(tx: Transaction, customerId: number, now: Date): Promise<void>;
}
export const ResetTokens: ServiceToken<ResetTokens> = service<ResetTokens>('customer.ResetTokens');

const hour = 3_600_000;

interface TokenRow {
  readonly rp_token: string | null;
  readonly rp_token_created_at: string | null;
}

/** The service behind the token `ResetTokens`. */
export function makeResetTokens(
  encryptor: Encryptor,
  config: ConfigReader<(typeof passwordSettings)['fields']>,
): ResetTokens {
  const rowOf = (db: Executor, customerId: number): Promise<TokenRow | undefined> =>
    db.first<TokenRow>(
      sql`SELECT rp_token, rp_token_created_at FROM {customer_entity} WHERE entity_id = ${customerId}`,
    );
  const isGood = async ({ rp_token_created_at: at }: TokenRow, now: Date): Promise<boolean> => {
    if (at === null) return false;
    const age = now.getTime() - Date.parse(`${at.replace(' ', 'T')}Z`);
    return age >= 0 && Math.floor(age / hour) < (await config.get('reset_link_expiration_period'));
  };
  const holds = (row: TokenRow | undefined, token: string): row is TokenRow & { rp_token: string } =>
    row?.rp_token != null && same(decrypted(encryptor, row.rp_token) ?? '', token) && token !== '';

  return {
    issue: async (tx, customerId, now) => {
      const token = randomText(32);
      const at = sqlTimestamp(now);
      await tx.run(sql`UPDATE {customer_entity} SET rp_token = ${encryptor.encrypt(token)}, rp_token_created_at = ${at},
        updated_at = ${at} WHERE entity_id = ${customerId}`);
      return token;
    },
    current: async (db, customerId, now) => {
      const row = await rowOf(db, customerId);
      return row?.rp_token && (await isGood(row, now)) ? decrypted(encryptor, row.rp_token) : undefined;
    },
    standing: async (db, customerId, token, now) => {
      const row = await rowOf(db, customerId);
      if (!holds(row, token)) return 'unknown';
      return (await isGood(row, now)) ? 'good' : 'expired';
    },
    spend: async (tx, customerId, token, now) => {
      const row = await rowOf(tx, customerId);
      if (!holds(row, token) || !(await isGood(row, now))) return false;
      const { affectedRows } = await tx.run(sql`UPDATE {customer_entity} SET rp_token = NULL,
        rp_token_created_at = NULL, updated_at = ${sqlTimestamp(now)}
        WHERE entity_id = ${customerId} AND rp_token = ${row.rp_token}`);
      return affectedRows === 1;
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
