import type { MappedValue } from '../attribute-mapping/index.ts';
import { lockOutColumns, ourLock, restoreColumns, type Sessions } from '../customer/index.ts';
import type { Transaction } from '../framework/index.ts';

/** A change of `is_active` with everything that comes with it. */
export interface LockChange {
  readonly columns: Readonly<Record<string, MappedValue>>;
  readonly lockBefore: string | null;
  /** Whether tokens and sessions have to end. */
  readonly ends: boolean;
}

/**
 * What happens to the right to log in. Locking remembers a lock that was there before; unlocking puts that one back,
 * while tokens and sessions stay dead. Asked for again, it changes nothing.
 */
export function lockChange(
  was: { isActive: MappedValue; lockExpires: MappedValue; lockBefore: string | null },
  active: boolean,
  now: Date,
): LockChange | undefined {
  const locked = was.isActive !== 1;
  if (active === !locked) return undefined;
  if (active)
    return {
      columns: restoreColumns({ lockBefore: was.lockBefore, lockExpires: was.lockExpires }),
      lockBefore: null,
      ends: false,
    };
  const before = typeof was.lockExpires === 'string' && was.lockExpires !== ourLock ? was.lockExpires : null;
  return { columns: lockOutColumns(now), lockBefore: before, ends: true };
}

/** Ends every session and token of a customer, if the change says so. */
export function endSessions(
  tx: Transaction,
  sessions: Sessions,
  customerId: number,
  change: LockChange | undefined,
  now: Date,
): void {
  if (change?.ends) sessions.end(tx, customerId, now);
}
