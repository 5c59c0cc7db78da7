import { sqlTimestamp } from '../framework/index.ts';
import type { Attributes, AttributeValue } from './customer.ts';

/**
 * The moment until which a locked out customer is locked: nobody else would write it, so it tells our lock from one by
 * failed log-ins, and it fits a TIMESTAMP, which ends in January 2038.
 */
export const ourLock = '2038-01-01 00:00:00';

/** True when the customer is locked by us. */
export const isLockedOut = (customer: { readonly attributes: Attributes }): boolean =>
  customer.attributes.lock_expires === ourLock;

/**
 * The changes that lock a customer out for real, to be merged into the one update that deactivates. `is_active` alone
 * blocks nothing in Magento 2.4: `lock_expires` is what log-in, tokens and GraphQL check, `session_cutoff` ends
 * storefront sessions, and a reset link would lift the lock. `Sessions.end` belongs to it.
 */
export const lockOutColumns = (now: Date) =>
  ({ ...lockColumns, session_cutoff: sqlTimestamp(now) }) as const satisfies Attributes;

/** The changes that end the right to log in and leave what the customer is logged in with. */
export const lockColumns = {
  is_active: 0,
  lock_expires: ourLock,
  rp_token: null,
  rp_token_created_at: null,
} as const satisfies Attributes;

/**
 * The changes that let a customer log in again. A lock that stood before ours (`lockBefore`, remembered by whoever
 * locked) is put back. `lockExpires` is what the row holds: where that is no longer our lock, somebody else has decided
 * since, and only `is_active` changes. Tokens and sessions stay dead.
 */
export function restoreColumns(options: {
  lockBefore?: string | null;
  lockExpires?: AttributeValue;
}): Record<string, AttributeValue> {
  const { lockBefore = null, lockExpires = ourLock } = options;
  if (lockExpires !== ourLock) return { is_active: 1 };
  return { is_active: 1, failures_num: 0, first_failure: null, lock_expires: lockBefore };
}
