import { type ConfigReader, type Executor, sql, sqlTimestamp } from '../../framework/index.ts';
import type { security } from '../settings.ts';
import { momentOf } from './sessions.ts';

type Settings = ConfigReader<(typeof security)['fields']>;

/** The columns of `admin_user` that a lock-out reads. */
export interface LockColumns {
  readonly user_id: number;
  readonly lock_expires: string | null;
}

export const isLocked = ({ lock_expires }: Pick<LockColumns, 'lock_expires'>, now: Date): boolean =>
  lock_expires !== null && momentOf(lock_expires) > now;

/**
 * Counts a failed login as Magento does: the first one of a span begins it; the last one that is allowed within the span
 * locks the account for as long again. `failures` or `threshold` of 0 turn it off. It is one statement, so that guesses at
 * several servers at once are all counted; no column is read behind its assignment, where MySQL has the new value already.
 */
export async function countFailure(
  db: Executor,
  settings: Settings,
  administratorId: number,
  now: Date,
): Promise<void> {
  const failures = await settings.get('lockout_failures');
  const span = (await settings.get('lockout_threshold')) * 60_000;
  if (failures === 0 || span === 0) return;
  const at = (milliseconds: number): string => sqlTimestamp(new Date(now.getTime() + milliseconds));
  const goesOn = sql`first_failure IS NOT NULL AND first_failure >= ${at(-span)}`;
  await db.run(sql`
    UPDATE {admin_user} SET
      lock_expires = CASE WHEN ${goesOn} AND failures_num + 1 >= ${failures} THEN ${at(span)} ELSE lock_expires END,
      failures_num = CASE WHEN ${goesOn} THEN failures_num + 1 ELSE 1 END,
      first_failure = CASE WHEN ${goesOn} THEN first_failure ELSE ${at(0)} END
    WHERE user_id = ${administratorId}`);
}

/** Forgets failures and lifts the lock. */
export async function unlock(db: Executor, administratorId: number): Promise<void> {
  await db.run(sql`
    UPDATE {admin_user} SET failures_num = 0, first_failure = NULL, lock_expires = NULL
    WHERE user_id = ${administratorId}`);
}
