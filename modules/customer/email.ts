import { randomBytes } from 'node:crypto';
import { DuplicateKeyError, sql, type Transaction } from '../framework/index.ts';
import type { AttributeValue } from './customer.ts';
import type { Writing } from './writing.ts';

/** True where an e-mail address is one account over all websites. */
export const sharedGlobally = async (writing: Pick<Writing, 'accountShare'>): Promise<boolean> =>
  (await writing.accountShare.get('scope')) === '0';

/**
 * Where accounts are shared globally, refuses an e-mail that a customer of any website has: the unique key covers only
 * one website. Row 0 of the websites serves as the lock under which look-up and write are one; nothing else locks it.
 *
 * @throws DuplicateKeyError as the unique key would
 */
export async function refuseSharedEmail(
  writing: Writing,
  tx: Transaction,
  email: AttributeValue,
  self: number | undefined,
): Promise<void> {
  if (email === null || !(await sharedGlobally(writing))) return;
  await tx.first(sql`SELECT website_id FROM {store_website} WHERE website_id = 0 ${tx.dialect.forUpdate}`);
  const taken = await tx.first(sql`SELECT entity_id FROM {customer_entity}
    WHERE email = ${email} AND entity_id <> ${self ?? 0} LIMIT 1 ${tx.dialect.forUpdate}`);
  if (taken !== undefined) throw new DuplicateKeyError('customer_entity', ['email', 'website_id']);
}

/** A domain that can never be mailed: `.invalid` is reserved for that (RFC 2606 §2). */
export const placeholderDomain = 'placeholder.invalid';

/** True for an address that only stands in for one and must not be mailed. */
export const isPlaceholderEmail = (email: string): boolean => /[.@]placeholder\.invalid$/i.test(email.trim());

/** An address that reaches nobody. */
export const placeholderEmail = (id: number, why: 'moved' | 'anonymised' = 'moved'): string =>
  `${why}-${id}-${randomBytes(6).toString('hex')}@${placeholderDomain}`;
