/** What a store asks of a password. */
export interface PasswordPolicy {
  readonly minimumLength: number;
  /** How many of lower case, upper case, digits and others must occur, 1 to 4. */
  readonly characterClasses: number;
}

/** Magento's upper bound; it keeps hashing cheap. */
const longest = 256;

const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/];

/** Says what is wrong with a password, in sentences for its owner; empty when it will do. It never repeats the password. */
export function weaknessesOf(password: string, email: string | null, policy: PasswordPolicy): readonly string[] {
  const found: string[] = [];
  const length = [...password].length;
  if (length < policy.minimumLength) found.push(`It needs at least ${policy.minimumLength} characters.`);
  if (length > longest) found.push(`It has more than ${longest} characters.`);
  if (password !== password.trim()) found.push('It begins or ends with a blank.');
  if (classes.filter((kind) => kind.test(password)).length < policy.characterClasses) {
    found.push(
      `It needs ${policy.characterClasses} kinds of characters out of lower case, upper case, digits and others.`,
    );
  }
  if (email !== null && password.toLowerCase() === email.toLowerCase()) found.push('It equals the e-mail address.');
  return found;
}
