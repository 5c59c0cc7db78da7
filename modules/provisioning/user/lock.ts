import type { MappedValue } from '../../attribute-mapping/index.ts';
import type { ConnectionPolicy } from '../../connection/index.ts';
import {
  type CustomerState,
  lockColumns,
  lockOutColumns,
  ourLock,
  restoreColumns,
  type Sessions,
} from '../../customer/index.ts';
import type { Transaction } from '../../framework/index.ts';

/** A change of `is_active` with everything that comes with it. */
export interface LockChange {
  readonly columns: Readonly<Record<string, MappedValue>>;
  readonly lockBefore: string | null;
  /** True for a deactivation. */
  readonly ends: boolean;
  /** Whether tokens and sessions have to end. */
  readonly endsSessions: boolean;
}

/** How far a deactivation goes. */
type Deactivation = ConnectionPolicy['deactivation'];

/** What the row says about the right to log in. */
export interface LockState {
  readonly isActive: MappedValue;
  readonly lockExpires: MappedValue;
  /** The lock that stood before ours. */
  readonly lockBefore: string | null;
}

/** The state of a customer's row, with the lock that we remember. */
export const lockStateOf = ({ attributes }: CustomerState, lockBefore: string | null): LockState => ({
  isActive: attributes.is_active ?? 1,
  lockExpires: attributes.lock_expires ?? null,
  lockBefore,
});

/**
 * What happens to the right to log in. Locking remembers a lock that was there before; unlocking puts that one back,
 * while tokens and sessions stay dead. Asked for again, it changes nothing, unless somebody has lifted our lock since
 * (an administrator's "Unlock", a reset password), or has set `is_active` alone, which locks nobody out. With the
 * deactivation `flag` that column is all there is to it.
 */
export function lockChange(
  was: LockState,
  active: boolean,
  now: Date,
  deactivation: Deactivation,
): LockChange | undefined {
  const ours = was.lockExpires === ourLock;
  if (active) {
    if (was.isActive === 1 && !ours) return undefined;
    return { columns: restoreColumns(was), lockBefore: null, ends: false, endsSessions: false };
  }
  const locks = deactivation !== 'flag';
  if (was.isActive !== 1 && (ours || !locks)) return undefined;
  const before = locks && typeof was.lockExpires === 'string' ? was.lockExpires : null;
  return {
    columns: columnsOf(deactivation, now),
    lockBefore: ours ? was.lockBefore : before,
    ends: true,
    endsSessions: deactivation === 'end-sessions',
  };
}

function columnsOf(deactivation: Deactivation, now: Date): LockChange['columns'] {
  if (deactivation === 'flag') return { is_active: 0 };
  return deactivation === 'lock' ? lockColumns : lockOutColumns(now);
}

/** Ends every session and token of a customer, if the change says so. */
export function endSessions(
  tx: Transaction,
  sessions: Sessions,
  customerId: number,
  change: LockChange | undefined,
  now: Date,
): void {
  if (change?.endsSessions) sessions.end(tx, customerId, now);
}
