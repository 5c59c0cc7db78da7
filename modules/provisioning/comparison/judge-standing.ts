import type { ConnectionPolicy } from '../../connection/index.ts';
import { ourLock } from '../../customer/index.ts';
import { type LockState, lockChange, lockStateOf } from '../user/lock.ts';
import type { ComparedUser } from './compared-user.ts';
import { type Disagreement, nowhere, type Remedy } from './disagreement.ts';

type Standing = Pick<Disagreement, 'kind' | 'remedies' | 'values'>;

/** What the row says of the right to log in, as a record tells it; `active` is what the provider said. */
export const lockValues = (active: boolean, { isActive, lockExpires }: LockState): Disagreement['values'] => [
  { attribute: 'is_active', before: active ? 1 : 0, after: isActive },
  { attribute: 'lock_expires', before: active ? null : ourLock, after: lockExpires },
];

/**
 * The right to log in, compared with what the provider said last. Whom it deactivated and who can log in all the same was
 * unlocked in the store, or by a reset password. The other way round, a deactivation in the store is the store's own, and
 * our lock beside `is_active = 1` is nobody's wish.
 */
export function judgeStanding(user: ComparedUser, policy: ConnectionPolicy, now: Date): Standing | undefined {
  const { record } = user;
  const state = lockStateOf(record.customer, record.lockBefore);
  const active = record.document.active !== false;
  const values = lockValues(active, state);
  if (!active) {
    if (!lockChange(state, false, now, policy.deactivation)) return undefined;
    // The store's word can be taken where it says something: a lock that was lifted alone says nothing of the user.
    const remedies: readonly Remedy[] = state.isActive === 1 ? ['lock', 'accept'] : ['lock'];
    return { kind: 'unlocked', remedies, values };
  }
  if (state.isActive !== 1) return { kind: 'deactivated-in-store', remedies: ['accept', 'unlock'], values };
  return state.lockExpires === ourLock ? { kind: 'lock-left', remedies: ['unlock'], values } : undefined;
}

/** A user that was deleted and whose customer can log in. */
export function judgeTombstone(
  { customerId, connectionId, subject, state }: TombstoneState,
  policy: ConnectionPolicy,
  now: Date,
): Disagreement | undefined {
  if (!lockChange(state, false, now, policy.deactivation)) return undefined;
  const remedies = ['lock', 'release'] as const;
  return {
    ...nowhere,
    kind: 'unlocked-deleted',
    customerId,
    connectionId,
    subject,
    values: lockValues(false, state),
    remedies,
  };
}

interface TombstoneState {
  readonly customerId: number;
  readonly connectionId: number;
  readonly subject: string | null;
  readonly state: LockState;
}
