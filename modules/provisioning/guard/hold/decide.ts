import type { Activities } from '../../../activity/index.ts';
import { type Sql, sql, sqlTimestampMs, type Transaction } from '../../../framework/index.ts';
import { GuardError } from '../error.ts';
import { denialFor } from '../limit.ts';
import { findHold, type Hold } from './hold.ts';

/** Who decides, when, and why. */
export interface Decision {
  readonly holdId: number;
  readonly actor: string;
  readonly comment?: string | undefined;
  readonly at: Date;
}

/** The hold, whose row is ours until the commit. @throws GuardError `HOLD_UNKNOWN`, `HOLD_DECIDED` */
async function openHold(tx: Transaction, holdId: number): Promise<Hold> {
  await tx.first(sql`SELECT hold_id FROM {vestibule_guard_hold} WHERE hold_id = ${holdId} ${tx.dialect.forUpdate}`);
  const hold = await findHold(tx, holdId);
  if (hold.status === 'open') return hold;
  const by = hold.decidedBy === null ? '' : ` by ${hold.decidedBy} on ${hold.decidedAt?.slice(0, 19)} UTC`;
  const words = { approved: 'approved', done: 'approved and carried out', denied: 'denied', withdrawn: 'withdrawn' };
  throw new GuardError('HOLD_DECIDED', `Hold ${holdId} was ${words[hold.status]}${by}; there is nothing to decide.`);
}

const droppedPasswords = (count: number): string =>
  `${count === 1 ? 'One of them' : `${count} of them`} came with a password, which is not kept: carried out, it is not set.`;

function close(tx: Transaction, status: 'approved' | 'denied', { holdId, actor, comment, at }: Decision): void {
  tx.later(
    sql`UPDATE {vestibule_guard_hold} SET status = ${status}, open_connection_id = NULL, decided_at = ${sqlTimestampMs(at)}, decided_by = ${actor.slice(0, 255)}, comment = ${comment?.slice(0, 1000) ?? null} WHERE hold_id = ${holdId}`,
  );
}

/** Passwords are never kept, so that whoever approves must know which requests are carried out without theirs. */
async function withPassword(tx: Transaction, holdId: number): Promise<number> {
  const row = await tx.first<{ n: number }>(
    sql`SELECT COUNT(*) AS n FROM {vestibule_guard_held} WHERE hold_id = ${holdId} AND status = 'waiting' AND had_password = 1`,
  );
  return row?.n ?? 0;
}

function record(
  activities: Activities,
  tx: Transaction,
  hold: Hold,
  decision: Decision,
  what: string,
  notes: readonly string[] = [],
): void {
  activities.record(tx, {
    at: decision.at,
    operation: `guard.${what}`,
    outcome: 'done',
    status: 200,
    connectionId: hold.connectionId,
    subject: `hold ${hold.id}`,
    actor: decision.actor,
    notes: [
      `${hold.waiting} requests were waiting.`,
      ...notes,
      ...(decision.comment === undefined ? [] : [`"${decision.comment}"`]),
    ],
  });
}

/**
 * Approves what is held: a job carries it out. What had passed before counts no more: it was looked at.
 * @throws GuardError `HOLD_UNKNOWN`, `HOLD_DECIDED`
 */
export async function approve(activities: Activities, tx: Transaction, decision: Decision): Promise<void> {
  const hold = await openHold(tx, decision.holdId);
  close(tx, 'approved', decision);
  for (const [operations, changedSince] of [
    [sql`('user.patch', 'user.replace')`, userChanged],
    [sql`('group.patch', 'group.replace')`, groupChanged],
  ] as const)
    tx.later(
      sql`UPDATE {vestibule_guard_held} SET stale = 1 WHERE hold_id = ${hold.id} AND status = 'waiting' AND operation IN ${operations} AND EXISTS ${changedSince}`,
    );
  tx.later(
    sql`UPDATE {vestibule_guard_event} SET counts = 0 WHERE connection_id = ${hold.connectionId} AND counts = 1 AND at > ${hold.since} AND at <= ${sqlTimestampMs(decision.at)}`,
  );
  const dropped = await withPassword(tx, hold.id);
  record(activities, tx, hold, decision, 'approve', dropped === 0 ? [] : [droppedPasswords(dropped)]);
}

const userChanged: Sql = sql`(SELECT 1 FROM {vestibule_guard_held_customer} c JOIN {vestibule_user_document} d ON d.customer_id = c.customer_id WHERE c.held_id = {vestibule_guard_held}.held_id AND d.modified_at > {vestibule_guard_held}.last_at)`;

const groupChanged: Sql = sql`(SELECT 1 FROM {vestibule_group} g WHERE CONCAT('g', g.group_id) = {vestibule_guard_held}.resource_id AND g.modified_at > {vestibule_guard_held}.last_at)`;

/**
 * Denies what is held: its customers keep what they have, for seven days whatever is sent.
 * @throws GuardError `HOLD_UNKNOWN`, `HOLD_DECIDED`
 */
export async function deny(activities: Activities, tx: Transaction, decision: Decision): Promise<void> {
  const hold = await openHold(tx, decision.holdId);
  close(tx, 'denied', decision);
  const until = sqlTimestampMs(new Date(decision.at.getTime() + denialFor));
  await tx.run(
    sql`INSERT INTO {vestibule_guard_denial} (connection_id, customer_id, hold_id, until) SELECT DISTINCT ${hold.connectionId}, c.customer_id, ${hold.id}, ${until} FROM {vestibule_guard_held} i JOIN {vestibule_guard_held_customer} c ON c.held_id = i.held_id AND c.withdrawn = 0 WHERE i.hold_id = ${hold.id} AND i.status = 'waiting' ${tx.dialect.onDuplicate(['connection_id', 'customer_id'], ['hold_id', 'until'])}`,
  );
  tx.later(
    sql`UPDATE {vestibule_guard_held} SET status = 'denied', request = NULL WHERE hold_id = ${hold.id} AND status = 'waiting'`,
  );
  record(activities, tx, hold, decision, 'deny');
}
