import type { SignInRefusal } from '../sign-in/refused.ts';

const oneUser =
  'Let the identifier of sign-ins be the externalId or the userName of the one user that is meant, in the identity provider or by the choice of another identifier.';

const cures: Readonly<Record<SignInRefusal, string>> = {
  CONNECTION_PAUSED: 'Resume the connection on its page (connection:resume) when people may sign in by it again.',
  NOT_PROVISIONED: 'Provision the person by SCIM, or let sign-ins make customers.',
  CREATION_OFF: 'Turn on the switch of the connection that the message names, if new customers may come.',
  DELETED: 'Assign the person in the identity provider again, so that SCIM creates the user once more.',
  INACTIVE: 'Activate the user in the identity provider, or the customer in the store.',
  LOCKED: 'Wait until the lock of the customer ends, or take it away.',
  PROTECTED:
    'Take the protection away under Protected Customers (customer:unprotect), or let this person log in with a password.',
  OUT_OF_SCOPE: 'Change the scoping filter of the connection, or in the identity provider what it looks at.',
  AMBIGUOUS: oneUser,
  ALREADY_LINKED: oneUser,
  MATCH_REFUSED: 'Change the match policy of the connection, if it may take this customer over.',
  MATCH_PENDING:
    'Say whether the two are one person, under Pending Matches (match:list, then match:approve or match:deny).',
  TAKEN: oneUser,
  INVALID: 'Correct the value in the identity provider, or the row of the mapping that reads it.',
  BUSY: 'Wait; the same sign-in may succeed in a moment.',
};

/** What an administrator does about somebody who does not come in. */
export const cureOfSignIn = (code: SignInRefusal): string => cures[code];
