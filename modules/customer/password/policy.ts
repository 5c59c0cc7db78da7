/** What a store asks of a password. */
export interface PasswordPolicy {
  readonly minimumLength: number;
  /** How many of lower case, upper case, digits and others must occur, 1 to 4. */
  readonly characterClasses: number;
}

/** One of the things that are asked of a password. */
export interface PasswordRule {
  readonly kind: 'shortest' | 'longest' | 'blanks' | 'classes' | 'email';
  /** The number in it, where there is one. */
  readonly measure?: number;
  /** What is asked, for a list. */
  readonly wanted: string;
  /** What is wrong with a password that breaks it, in a sentence that never repeats the password. */
  readonly broken: string;
  holds(password: string, email: string | null): boolean;
}

/** Magento's upper bound; it keeps hashing cheap. */
const longest = 256;

const classes = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/];

/** Everything that Magento asks of a password, in the order in which it is told. */
export const rulesOf = ({ minimumLength, characterClasses }: PasswordPolicy): readonly PasswordRule[] => [
  {
    kind: 'shortest',
    measure: minimumLength,
    wanted: `At least ${minimumLength} characters`,
    broken: `It needs at least ${minimumLength} characters.`,
    holds: (password) => [...password].length >= minimumLength,
  },
  {
    kind: 'longest',
    measure: longest,
    wanted: `At most ${longest} characters`,
    broken: `It has more than ${longest} characters.`,
    holds: (password) => [...password].length <= longest,
  },
  {
    kind: 'blanks',
    wanted: 'No blank at its beginning or end',
    broken: 'It begins or ends with a blank.',
    holds: (password) => password === password.trim(),
  },
  {
    kind: 'classes',
    measure: characterClasses,
    wanted:
      characterClasses === 4
        ? 'Lower case, upper case, digits and other characters'
        : `${characterClasses} of these: lower case, upper case, digits, other characters`,
    broken: `It needs ${characterClasses} kinds of characters out of lower case, upper case, digits and others.`,
    holds: (password) => classes.filter((kind) => kind.test(password)).length >= characterClasses,
  },
  {
    kind: 'email',
    wanted: 'Not your e-mail address',
    broken: 'It equals the e-mail address.',
    holds: (password, email) => email === null || password.toLowerCase() !== email.toLowerCase(),
  },
];

/** Says what is wrong with a password, in sentences for its owner; empty when it will do. It never repeats the password. */
export const weaknessesOf = (password: string, email: string | null, policy: PasswordPolicy): readonly string[] =>
  rulesOf(policy).flatMap(({ holds, broken }) => (holds(password, email) ? [] : [broken]));
