/** Why somebody whom an identity provider vouches for does not come in. */
export type SignInRefusal =
  | 'CONNECTION_PAUSED'
  | 'NOT_PROVISIONED'
  | 'CREATION_OFF'
  | 'DELETED'
  | 'INACTIVE'
  | 'LOCKED'
  | 'PROTECTED'
  | 'OUT_OF_SCOPE'
  | 'AMBIGUOUS'
  | 'ALREADY_LINKED'
  | 'MATCH_REFUSED'
  | 'MATCH_PENDING'
  | 'TAKEN'
  | 'INVALID'
  | 'BUSY';

const notForYou = 'This account is not open for signing in this way. Please ask whoever gave you access to this store.';

/** What the person is told: nothing of the store's accounts, of others or of how the store is set up. */
const sentences: Readonly<Record<SignInRefusal, string>> = {
  CONNECTION_PAUSED: 'Signing in this way is switched off at the moment. Please try again later.',
  NOT_PROVISIONED: 'There is no account for you in this store yet. Please ask whoever gave you access to set one up.',
  CREATION_OFF: 'There is no account for you in this store, and new ones are not opened at the moment.',
  DELETED: 'Your account in this store was closed. Please ask whoever gave you access to open it again.',
  INACTIVE: 'Your account in this store is deactivated. Please ask whoever gave you access to activate it again.',
  LOCKED: 'Your account in this store is locked for a while. Please try again later.',
  PROTECTED: notForYou,
  OUT_OF_SCOPE: notForYou,
  AMBIGUOUS: 'The store can’t tell which account is yours. Please ask whoever gave you access to this store.',
  ALREADY_LINKED: 'The store can’t tell which account is yours. Please ask whoever gave you access to this store.',
  MATCH_REFUSED: notForYou,
  MATCH_PENDING:
    'The store has to confirm first that an account it has is yours. Please try again once you have been told so.',
  TAKEN: 'An account could not be opened for you. Please ask whoever gave you access to this store.',
  INVALID: 'What your sign-in service says about you can’t be used here. Please ask whoever gave you access.',
  BUSY: 'The store is busy. Please try again in a moment.',
};

/** A sign-in that was refused; nothing of it is left but its record. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
  readonly code: SignInRefusal;
  /** For the person who wanted to sign in; the message is for the record and names the cure. */
  readonly sentence: string;
  /** Whom it was about, where that is known. */
  readonly customerId: number | undefined;

  constructor(code: SignInRefusal, message: string, customerId?: number, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.sentence = sentences[code];
    this.customerId = customerId;
  }
}
