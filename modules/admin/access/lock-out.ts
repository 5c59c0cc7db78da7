import { type ConfigReader, type Executor, sql, sqlTimestamp } from '../../framework/index.ts';
import type { security } from '../settings.ts';
import { momentOf } from './sessions.ts';

type Settings = ConfigReader<(typeof security)['fields']>;

/** The columns of `admin_user` that a lock-out reads. */
export interface LockColumns {
  readonly user_id: number;
  readonly failures_num: number | null;
  readonly first_failure: string | null;
  readonly lock_expires: string | null;
}

export const isLocked = ({ lock_expires }: Pick<LockColumns, 'lock_expires'>, now: Date): boolean =>
  lock_expires !== null && momentOf(lock_expires) > now;

/**
 * Counts a failed login as Magento does: the first one of a span begins it; the last one that is allowed within the span
 * locks the account for as long again. `failures` or `threshold` of 0 turn it off.
 */
export async function countFailure(db: Executor, settings: Settings, user: LockColumns, now: Date): Promise<void> {
  const failures = await settings.get('lockout_failures');
  const span = (await settings.get('lockout_threshold')) * 60_000;
  if (failures === 0 || span === 0) return;
  const count = Number(user.failures_num ?? 0) + 1;
  const began = user.first_failure === null ? undefined : momentOf(user.first_failure).getTime();
  if (count === 1 || began === undefined || now.getTime() > began + span) {
    await db.run(sql`
      UPDATE {admin_user} SET failures_num = 1, first_failure = ${sqlTimestamp(now)} WHERE user_id = ${user.user_id}`);
    return;
  }
  const until = count >= failures ? sqlTimestamp(new Date(now.getTime() + span)) : user.lock_expires;
  await db.run(sql`
    UPDATE {admin_user} SET failures_num = failures_num + 1, lock_expires = ${until} WHERE user_id = ${user.user_id}`);
}

/** Forgets failures and lifts the lock. */
export async function unlock(db: Executor, administratorId: number): Promise<void> {
  await db.run(sql`
    UPDATE {admin_user} SET failures_num = 0, first_failure = NULL, lock_expires = NULL
    WHERE user_id = ${administratorId}`);
}
