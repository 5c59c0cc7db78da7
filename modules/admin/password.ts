import { randomInt } from 'node:crypto';
import { AdministratorError } from './administrator.ts';

/** Without letters and digits that are mistaken for each other when they are read from a screen. */
const alphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A password of four groups of five, 116 bits: easy to read aloud, and good under Magento's rules. */
export function generatePassword(): string {
  for (;;) {
    const group = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
    const password = [group(), group(), group(), group()].join('-');
    if (/\d/.test(password) && /[a-z]/i.test(password)) return password;
  }
}

/**
 * Magento's rule for administrators: at least 7 characters, letters and digits both.
 * @throws AdministratorError `ADMIN_PASSWORD_WEAK`
 */
export function checkPassword(password: string): void {
  if (password.length >= 7 && password.length <= 256 && /\d/.test(password) && /\p{L}/u.test(password)) return;
  throw new AdministratorError(
    'ADMIN_PASSWORD_WEAK',
    'The password is too weak: it needs 7 to 256 characters, with letters and digits both.',
  );
}
