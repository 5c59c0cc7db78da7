import type { SamlErrorCode } from '../error.ts';

/**
 * Why somebody is not signed in, as they may read it: plain, with a cure, and without what would help whoever tries
 * forgeries. The record has the rest.
 */
export interface Refusal {
  readonly status: 400 | 403 | 404 | 429 | 503;
  readonly title: string;
  readonly sentence: string;
  readonly cure: string;
  /** Whether trying anew may help. */
  readonly again: boolean;
}

const again = 'Sign in again. If this page comes back, tell your administrator the reference below.';
const title = 'You are not signed in';

const distrusted: Refusal = {
  status: 403,
  title,
  sentence: 'The answer of your identity provider could not be accepted.',
  cure: again,
  again: true,
};

const bySamlError: Readonly<Partial<Record<SamlErrorCode, Refusal>>> = {
  SAML_UNSOLICITED: {
    status: 403,
    title: 'This sign-in can’t be finished',
    sentence: 'It was not begun in this browser, it took longer than ten minutes, or it was finished already.',
    cure: again,
    again: true,
  },
  SAML_REPLAYED: {
    status: 403,
    title: 'This sign-in was used already',
    sentence: 'Your browser has sent the same answer of your identity provider once more. It counts once.',
    cure: 'If you are not signed in, sign in again; don’t reload the page while you do.',
    again: true,
  },
  SAML_EXPIRED: {
    status: 403,
    title: 'This sign-in is out of date',
    sentence: 'The answer of your identity provider is too old, or its clock and ours differ.',
    cure: 'Sign in again. If this page comes back, tell your administrator that the clocks differ, with the reference below.',
    again: true,
  },
  SAML_AUTHN_CONTEXT: {
    status: 403,
    title: 'This store asks for another way to sign in',
    sentence: 'Your identity provider signed you in by less than this store asks for, such as without a second factor.',
    cure: 'Sign in again, in the stronger way. If you were not asked for it, tell your administrator the reference below.',
    again: true,
  },
  SAML_ISSUER: {
    status: 403,
    title: 'Another identity provider has answered',
    sentence: 'The answer does not come from the identity provider of this store.',
    cure: again,
    again: true,
  },
  SAML_STATUS: {
    status: 403,
    title: 'Your identity provider did not sign you in',
    sentence: 'It has refused or broken off the sign-in.',
    cure: 'Sign in again, and finish every step there. If it refuses, ask its administrator for access to this store.',
    again: true,
  },
  SAML_DISABLED: {
    status: 404,
    title: 'There is no sign-in here',
    sentence: 'Nobody can sign in at this address at the moment.',
    cure: 'Check the address. If it worked before, tell your administrator the reference below.',
    again: false,
  },
};

/** What a person reads of a refused message. */
export const refusalOfSaml = (code: SamlErrorCode): Refusal => bySamlError[code] ?? distrusted;

const titles: Readonly<Record<string, string>> = {
  NOT_PROVISIONED: 'You have no account here yet',
  CREATION_OFF: 'You have no account here yet',
  DELETED: 'Your account was closed',
  INACTIVE: 'Your account is deactivated',
  LOCKED: 'Your account is locked',
  MATCH_PENDING: 'Your account has to be confirmed first',
  CONNECTION_PAUSED: 'Sign-in is switched off',
  BUSY: 'Please try again',
};

/**
 * What a person reads where nobody is signed in although the identity provider has said who it is. `sentence` is the
 * refusal's own, with its cure.
 */
export const refusalOfSignIn = (code: string, sentence: string): Refusal => ({
  status: code === 'BUSY' ? 503 : 403,
  title: (Object.hasOwn(titles, code) ? titles[code] : undefined) ?? title,
  sentence,
  cure: 'Whoever helps you finds this attempt by the reference below.',
  again: code === 'BUSY',
});

/** An address that a browser may not be sent to. */
export const foreignAddress: Refusal = {
  status: 400,
  title: 'This link can’t be followed',
  sentence: 'It leads to an address that this store does not know.',
  cure: 'Go to the store and sign in from there. Its administrator finds the reference below in the activity report.',
  again: false,
};

/** A form of another site. */
export const foreignLogout: Refusal = {
  status: 403,
  title: 'You are still logged in',
  sentence: 'Another site has tried to log you out. Nothing was done.',
  cure: 'Log out at the store itself.',
  again: false,
};

/** Whoever has come too often. */
export const tooManyAttempts: Refusal = {
  status: 429,
  title: 'Too many attempts',
  sentence: 'Too many sign-ins have been tried from your network in a short time.',
  cure: 'Wait a minute, then sign in again.',
  again: false,
};

/** A message that can't be read as one. */
export const unreadable: Refusal = {
  status: 400,
  title,
  sentence: 'What your browser has sent is no answer of an identity provider.',
  cure: again,
  again: true,
};
