import { createHash } from 'node:crypto';
import { placeholderDomain } from '../customer/index.ts';
import { fold, type Resource } from '../scim/index.ts';

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** Good enough to be mailed: one @, something on both sides, a dot in the domain, no blanks. Magento's rule is as loose. */
export function looksLikeEmail(value: string): boolean {
  const at = value.indexOf('@');
  if (at < 1 || at !== value.lastIndexOf('@') || value.length > 255) return false;
  const domain = value.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  return dot > 0 && dot < domain.length - 1 && !/[\s<>"(),:;\\]/.test(value);
}

/**
 * The e-mail of a user without one: its userName when that is an e-mail, else an address in a reserved domain that is
 * never mailed. The same user on the same connection always gets the same one.
 */
export function fallbackEmail(user: Resource, connectionCode: string): string {
  const userName = textOf(user.userName);
  if (looksLikeEmail(userName)) return userName;
  const digest = createHash('sha256')
    .update(`${connectionCode}\0${fold(userName)}`)
    .digest('hex')
    .slice(0, 20);
  return `${digest}@${connectionCode}.${placeholderDomain}`;
}

/**
 * Names for a user that lacks them, because Magento's administration can't save a customer without: what is known of
 * the name stays, the rest comes from displayName, name.formatted or userName.
 */
export function fallbackNames(user: Resource): { firstname: string; lastname: string } {
  const name = (user.name ?? {}) as Resource;
  const whole = textOf(user.displayName) || textOf(name.formatted) || textOf(user.userName).split('@')[0] || 'Customer';
  const blank = whole.indexOf(' ');
  const first = textOf(name.givenName) || (blank > 0 ? whole.slice(0, blank) : whole);
  const last = textOf(name.familyName) || (blank > 0 ? whole.slice(blank + 1).trim() : whole);
  return { firstname: first.slice(0, 255), lastname: last.slice(0, 255) };
}
