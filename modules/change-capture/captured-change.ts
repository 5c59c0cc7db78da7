import { type Event, event } from '../framework/index.ts';

/** What happened to a customer. A customer's deletion stands for everything that hung on it. */
export const changeKinds = [
  'created',
  'updated',
  'deleted',
  'address-created',
  'address-updated',
  'address-deleted',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** What an update was about, besides the rest of the row (`profile`). */
export const changeAspects = ['profile', 'group', 'password'] as const;
export type ChangeAspect = (typeof changeAspects)[number];

/** One change of one customer, as a commit left it. */
export interface CapturedChange {
  /** Ascending in the order of commits of one customer. */
  readonly id: number;
  readonly kind: ChangeKind;
  readonly customerId: number;
  readonly websiteId: number | null;
  /** For the kinds of an address. */
  readonly addressId: number | null;
  /** Of an update; empty for the other kinds. */
  readonly aspects: readonly ChangeAspect[];
  /** Made by this host; otherwise by a storefront, an import, a hand. */
  readonly own: boolean;
  /** Who asked this host for it, `connection:<id>` for an identity provider; null where nobody said. */
  readonly cause: string | null;
  /** When the row was written, milliseconds of the epoch. */
  readonly atMs: number;
}

/**
 * Changes were committed, and are handed on now, in ascending order. Emitted in the transaction that takes them from the
 * table, so an observer with `when: 'transaction'` sees each change exactly once in what it writes.
 */
export const ChangesCaptured: Event<{ readonly changes: readonly CapturedChange[] }> = event(
  'change-capture.ChangesCaptured',
);
