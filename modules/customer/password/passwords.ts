import {
  type ConfigReader,
  digestOf,
  type Encryptor,
  type Events,
  type Executor,
  hashPassword,
  idList,
  parseHash,
  type ServiceToken,
  service,
  sql,
  sqlTimestamp,
  type Transaction,
} from '../../framework/index.ts';
import { CustomerError } from '../customer-error.ts';
import { CustomerPasswordSet } from '../customer-event.ts';
import type { passwordSettings } from '../settings.ts';
import { same } from './comparison.ts';
import { type PasswordRule, rulesOf, weaknessesOf } from './policy.ts';

/** Passwords of customers. A password is an argument here and nowhere else: no error, event or log repeats it. */
export interface Passwords {
  /** Compares with a stored `password_hash` of any Magento version, in constant time for what is secret. */
  matches(stored: string | null, password: string): Promise<boolean>;
  /** `matches` for a customer's row; false for a customer without a password or without a row. */
  verify(db: Executor, customerId: number, password: string): Promise<boolean>;
  /**
   * Refuses a password that the store's policy does not take.
   *
   * @throws CustomerError `CUSTOMER_PASSWORD_WEAK`, with every weakness in its message
   */
  check(password: string, email: string | null): Promise<void>;
  /** What `check` looks at, one by one, to be shown before a password is chosen. */
  rules(): Promise<readonly PasswordRule[]>;
  /** Hashes a password as Magento does today, in about 100 ms: do it before the transaction. */
  hash(password: string): Promise<string>;
  /** The stored hashes of these customers, for a move to another installation; who has none is left out. */
  hashes(db: Executor, customerIds: readonly number[]): Promise<ReadonlyMap<number, string>>;
  /** Writes a hash. Reset links become void and storefront sessions end, as with any new password in Magento. */
  set(tx: Transaction, customerId: number, hash: string, now: Date): Promise<void>;
}
export const Passwords: ServiceToken<Passwords> = service<Passwords>('customer.Passwords');

/** The service behind the token `Passwords`. */
export function makePasswords(
  encryptor: Encryptor,
  config: ConfigReader<(typeof passwordSettings)['fields']>,
  events: Pick<Events, 'emit'>,
): Passwords {
  const matches: Passwords['matches'] = async (stored, password) => {
    if (stored === null || stored === '') return false;
    if (stored.split(':', 3).length < 3) return same(encryptor.hmac(password).toString('hex'), stored);
    const hash = parseHash(stored);
    return hash !== undefined && same(await digestOf(hash, password), hash.hash);
  };

  const policy = async () => ({
    minimumLength: await config.get('minimum_password_length'),
    characterClasses: await config.get('required_character_classes_number'),
  });

  return {
    matches,
    rules: async () => rulesOf(await policy()),
    verify: async (db, customerId, password) => {
      const row = await db.first<{ password_hash: string | null }>(
        sql`SELECT password_hash FROM {customer_entity} WHERE entity_id = ${customerId}`,
      );
      return matches(row?.password_hash ?? null, password);
    },
    check: async (password, email) => {
      const weaknesses = weaknessesOf(password, email, await policy());
      if (weaknesses.length === 0) return;
      throw new CustomerError(
        'CUSTOMER_PASSWORD_WEAK',
        `The password does not meet the store's policy. ${weaknesses.join(' ')}`,
      );
    },
    hash: hashPassword,
    hashes: async (db, ids) => {
      if (ids.length === 0) return new Map();
      const rows = await db.all<{ entity_id: number; password_hash: string }>(sql`SELECT entity_id, password_hash
        FROM {customer_entity} WHERE entity_id IN (${idList(ids)}) AND password_hash IS NOT NULL`);
      return new Map(rows.map(({ entity_id, password_hash }) => [entity_id, password_hash]));
    },
    set: async (tx, customerId, hash, now) => {
      const at = sqlTimestamp(now);
      await tx.run(sql`UPDATE {customer_entity} SET password_hash = ${hash}, rp_token = NULL, rp_token_created_at = NULL,
        session_cutoff = ${at}, updated_at = ${at} WHERE entity_id = ${customerId}`);
      await events.emit(CustomerPasswordSet, { id: customerId }, tx);
    },
  };
}
