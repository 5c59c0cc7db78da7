import type { ModifiedAttribute } from '../../activity/index.ts';

/** In what the store and what is kept of users may disagree. Codes stay as they are: files and settings name them. */
export const disagreementKinds = [
  'unlocked',
  'unlocked-deleted',
  'lock-left',
  'deactivated-in-store',
  'customer-missing',
  'connection-missing',
  'document-missing',
  'website-differs',
  'keys-differ',
  'drifted',
  'group-differs',
  'document-orphaned',
  'emails-orphaned',
  'members-orphaned',
  'assignment-orphaned',
  'group-orphaned',
  'group-links-orphaned',
] as const;
export type DisagreementKind = (typeof disagreementKinds)[number];

/**
 * What can be done: take the right to log in again, give it back, write the provider's value, take the store's for the
 * provider's, move to the customer group that memberships say, write keys anew, let the customer be nobody's user, forget
 * the user as a deletion does, remove rows.
 */
export const remedies = [
  'lock',
  'unlock',
  'restore',
  'accept',
  'move',
  'rewrite',
  'release',
  'forget',
  'remove',
] as const;
export type Remedy = (typeof remedies)[number];

/** Where a disagreement is: enough to look at it again. */
export interface DisagreementPlace {
  readonly kind: DisagreementKind;
  /** Null where rows say no connection. It may be gone. */
  readonly connectionId: number | null;
  /** The customer's id, be there a customer or not; null for groups. */
  readonly customerId: number | null;
  readonly groupId: number | null;
  /** The target of the mapping, of a value that differs. */
  readonly attribute: string | null;
}

export interface Disagreement extends DisagreementPlace {
  /** The userName, else the e-mail address, or the name of a group. */
  readonly subject: string | null;
  /** Before: what is kept of the user, which is how it should be. After: what the store has. */
  readonly values: readonly ModifiedAttribute[];
  /** Protected customers are changed by nobody: what is left are remedies that write rows of ours. */
  readonly isProtected: boolean;
  /** The first one is what is meant where nobody chooses. */
  readonly remedies: readonly Remedy[];
}

/** The parts that most disagreements have nothing to say of. */
export const nowhere = {
  connectionId: null,
  customerId: null,
  groupId: null,
  attribute: null,
  isProtected: false,
} as const;

export const isSamePlace = (a: DisagreementPlace, b: DisagreementPlace): boolean =>
  a.kind === b.kind && a.customerId === b.customerId && a.groupId === b.groupId && a.attribute === b.attribute;
