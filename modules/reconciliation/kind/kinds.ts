import type { Cure, FindingKind, Severity } from '../finding.ts';

/** A kind of finding in words. */
export interface KindWords {
  readonly severity: Severity;
  readonly title: string;
  /** What it means, and how it comes to be. */
  readonly meaning: string;
}

/** Every kind, for pages, commands and files. */
export const kinds: Readonly<Record<FindingKind, KindWords>> = {
  unlocked: {
    severity: 'high',
    title: 'Unlocked though deactivated',
    meaning:
      'The identity provider has deactivated the user, and the customer can log in: somebody unlocked or activated it in the store, or a password reset has lifted the lock.',
  },
  'unlocked-deleted': {
    severity: 'high',
    title: 'Unlocked though deleted',
    meaning:
      'The identity provider has deleted the user, and the customer that was locked because of it can log in again.',
  },
  'lock-left': {
    severity: 'high',
    title: 'Locked though active',
    meaning: 'Provider and store both say that the customer is active, and our lock is still there: it can’t log in.',
  },
  'deactivated-in-store': {
    severity: 'medium',
    title: 'Deactivated in the store',
    meaning: 'The identity provider says active; an administrator or SQL has deactivated the customer.',
  },
  'customer-missing': {
    severity: 'high',
    title: 'Customer missing',
    meaning:
      'A user without a customer: the row was removed past the foreign keys, as a restored backup or TRUNCATE does. Its names are taken, so the provider can’t make the user anew.',
  },
  'connection-missing': {
    severity: 'high',
    title: 'Connection missing',
    meaning:
      'The customer is managed by a connection that is gone, so nobody can change it and nobody can take it over.',
  },
  'document-missing': {
    severity: 'high',
    title: 'Document missing',
    meaning:
      'The customer counts as managed, and what the provider sent of it is gone: the provider gets 404 for it, and 409 when it makes it anew.',
  },
  'website-differs': {
    severity: 'medium',
    title: 'Wrong website',
    meaning: 'The customer is not on the website of its connection: the row was moved, or the website was deleted.',
  },
  'keys-differ': {
    severity: 'high',
    title: 'Found under another name',
    meaning:
      'What the user is looked up by is not what its document says, so the provider finds nobody, or somebody else.',
  },
  drifted: {
    severity: 'low',
    title: 'Value changed in the store',
    meaning:
      'A mapped value is not the one that was written: the customer, an administrator or SQL has changed it since. The provider sees the store’s value where the mapping leads back.',
  },
  'group-differs': {
    severity: 'medium',
    title: 'Customer group differs',
    meaning: 'The customer is not in the customer group that its memberships lead to.',
  },
  'document-orphaned': {
    severity: 'medium',
    title: 'Document without user',
    meaning: 'What a provider sent of somebody who is nobody’s user any more.',
  },
  'emails-orphaned': {
    severity: 'low',
    title: 'E-mail rows without user',
    meaning: 'Addresses by which searches would find a user that is deleted or gone.',
  },
  'members-orphaned': {
    severity: 'medium',
    title: 'Memberships that point nowhere',
    meaning: 'Of groups that are gone or were emptied, of users that are deleted or gone, or across connections.',
  },
  'assignment-orphaned': {
    severity: 'low',
    title: 'Remembered customer group without user',
    meaning: 'Where a customer was before memberships moved it, though it is nobody’s user any more.',
  },
  'group-orphaned': {
    severity: 'medium',
    title: 'Group without connection',
    meaning: 'A group of a connection that is gone.',
  },
  'group-links-orphaned': {
    severity: 'medium',
    title: 'Links to a missing group',
    meaning: 'Groups are in a group, or contain one, whose row is gone.',
  },
  'grid-missing': {
    severity: 'medium',
    title: 'Not in the customer grid',
    meaning: 'The customer has no row in the store’s list of customers, so administrators don’t see it.',
  },
  'grid-stale': {
    severity: 'low',
    title: 'Outdated in the customer grid',
    meaning:
      'The store’s list of customers shows other values than the customer has: SQL changed the row past the indexer.',
  },
  'grid-orphaned': {
    severity: 'low',
    title: 'In the customer grid without customer',
    meaning: 'The store’s list of customers shows somebody who is gone.',
  },
};

/** A cure in words. */
export interface CureWords {
  /** On a button. */
  readonly label: string;
  /** What it does, as a sentence. */
  readonly effect: string;
}

/** Every cure, in words that hold for all its kinds. */
export const cures: Readonly<Record<Cure, CureWords>> = {
  lock: {
    label: 'Lock Again',
    effect:
      'The customer loses the right to log in, with its sessions, tokens and reset links, as the connection’s policy says.',
  },
  unlock: { label: 'Let In', effect: 'The customer can log in again; a lock that was there before ours is put back.' },
  restore: {
    label: 'Restore Provider’s Value',
    effect: 'The value that the provider’s came to is written over the store’s.',
  },
  accept: {
    label: 'Keep the Store’s',
    effect: 'What the store says counts as what the provider said, until the provider says something else.',
  },
  move: { label: 'Move', effect: 'The customer goes to the customer group that its memberships lead to.' },
  rewrite: { label: 'Write Anew', effect: 'The rows are written as they should be.' },
  release: {
    label: 'Release',
    effect: 'The customer stays as it is and is nobody’s user any more; its provider can take it over anew.',
  },
  forget: { label: 'Forget', effect: 'What is left of the user goes; its provider finds nobody and can make it anew.' },
  remove: { label: 'Remove', effect: 'The rows go.' },
};

/** The cures that findings of a kind may name, in their order. */
export const curesOf: Readonly<Record<FindingKind, readonly Cure[]>> = {
  unlocked: ['lock', 'accept'],
  'unlocked-deleted': ['lock', 'release'],
  'lock-left': ['unlock'],
  'deactivated-in-store': ['accept', 'unlock'],
  'customer-missing': ['forget'],
  'connection-missing': ['release'],
  'document-missing': ['release'],
  'website-differs': ['release'],
  'keys-differ': ['rewrite'],
  drifted: ['restore', 'accept'],
  'group-differs': ['move'],
  'document-orphaned': ['remove'],
  'emails-orphaned': ['remove'],
  'members-orphaned': ['remove'],
  'assignment-orphaned': ['remove'],
  'group-orphaned': ['remove'],
  'group-links-orphaned': ['remove'],
  'grid-missing': ['rewrite'],
  'grid-stale': ['rewrite'],
  'grid-orphaned': ['remove'],
};

const takes: ReadonlySet<Cure> = new Set(['lock', 'release', 'forget', 'remove']);

/** True where a cure takes something away: a right, a manager, rows. Nobody does that to many by accident. */
export const takesAway = (kind: FindingKind, cure: Cure): boolean =>
  takes.has(cure) || (kind === 'deactivated-in-store' && cure === 'accept');
