import type { Activities } from '../../../activity/index.ts';
import { type Executor, sql, sqlTimestampMs, type Transaction } from '../../../framework/index.ts';
import { GuardError } from '../error.ts';
import type { Decision } from './decide.ts';
import { findHold, type Hold } from './hold.ts';

/** Of how many customers a denial still refuses everything, and until when (UTC, `YYYY-MM-DD HH:MM:SS.mmm`). */
export interface StandingDenial {
  readonly denied: number;
  readonly deniedUntil: string | null;
}

/** Asks nothing of the database where the hold was not denied. */
export async function standingDenial(
  db: Executor,
  { id, connectionId, status }: Hold,
  now: Date,
): Promise<StandingDenial> {
  if (status !== 'denied') return { denied: 0, deniedUntil: null };
  const row = await db.first<{ n: number; until: string | null }>(
    sql`SELECT COUNT(*) AS n, MAX(until) AS until FROM {vestibule_guard_denial} WHERE connection_id = ${connectionId} AND hold_id = ${id} AND until > ${sqlTimestampMs(now)}`,
  );
  return { denied: Number(row?.n ?? 0), deniedUntil: row?.until ?? null };
}

/**
 * Ends a denial before its time: what is sent from now on is judged as if nothing had been decided, so that a wave is held
 * again. Nothing of what was held comes back, because nothing of it was kept.
 *
 * @throws GuardError `HOLD_UNKNOWN`, `HOLD_NOT_DENIED`
 */
export async function lift(activities: Activities, tx: Transaction, { holdId, ...by }: Decision): Promise<void> {
  await tx.first(sql`SELECT hold_id FROM {vestibule_guard_hold} WHERE hold_id = ${holdId} ${tx.dialect.forUpdate}`);
  const hold = await findHold(tx, holdId);
  const { denied } = await standingDenial(tx, hold, by.at);
  if (denied === 0)
    throw new GuardError(
      'HOLD_NOT_DENIED',
      `Hold ${holdId} denies nobody anything at the moment; Held Changes in the administration (guard:show ${holdId}) says what became of it.`,
    );
  await tx.run(
    sql`DELETE FROM {vestibule_guard_denial} WHERE connection_id = ${hold.connectionId} AND hold_id = ${holdId}`,
  );
  activities.record(tx, {
    at: by.at,
    operation: 'guard.lift',
    outcome: 'done',
    status: 200,
    connectionId: hold.connectionId,
    subject: `hold ${holdId}`,
    actor: by.actor,
    notes: [
      `${denied === 1 ? 'One customer was' : `${denied} customers were`} denied.`,
      ...(by.comment === undefined ? [] : [`"${by.comment}"`]),
    ],
  });
}
