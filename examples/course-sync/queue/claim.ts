import { type Database, heldBy, sql, type Transaction } from 'vestibule/framework';

/** For how long a customer's work belongs to who has claimed it. */
export const claimedFor = 60_000;

/** A line that this process, and no other, may work on. */
export interface Claimed {
  readonly customerId: number;
  /** Proves that the line is still one's own. */
  readonly claim: string;
  readonly untilMs: number;
  /** The line's mark when it was claimed. */
  readonly newest: string;
  /** Attempts before this one, and when the first of them was. */
  readonly attempts: number;
  readonly triedMs: number | null;
}

interface Due extends Omit<Claimed, 'claim' | 'untilMs'> {
  readonly nextMs: number;
}

/**
 * Takes the lines that are due, the longest waiting first, by compare-and-set: of several processes that see one due, one
 * gets it.
 */
export async function claimDue(
  database: Database,
  { nowMs, most, newClaim }: { readonly nowMs: number; readonly most: number; readonly newClaim: () => string },
): Promise<readonly Claimed[]> {
  const due = await database.all<Due>(
    sql`SELECT customer_id AS customerId, newest, attempts, tried_ms AS triedMs, next_ms AS nextMs FROM {vestibule_course_queue} WHERE state = 'waiting' AND next_ms <= ${nowMs} ORDER BY next_ms, customer_id LIMIT ${most}`,
  );
  const claimed: Claimed[] = [];
  for (const { nextMs, ...line } of due) {
    const [claim, untilMs] = [newClaim(), nowMs + claimedFor];
    const { affectedRows } = await database.run(
      sql`UPDATE {vestibule_course_queue} SET claim = ${claim}, next_ms = ${untilMs} WHERE customer_id = ${line.customerId} AND state = 'waiting' AND next_ms = ${nextMs} AND newest = ${line.newest}`,
    );
    if (affectedRows === 1) claimed.push({ ...line, claim, untilMs });
  }
  return claimed;
}

/** What came of a customer's work. */
export type Outcome =
  /** Everything is as it should be. */
  | { readonly kind: 'done' }
  /** There is more, and no reason to wait: time was up, or the process stops. */
  | { readonly kind: 'again' }
  | { readonly kind: 'later'; readonly waitMs: number; readonly note: string }
  /** A dead letter. */
  | { readonly kind: 'failed'; readonly note: string };

const longestNote = 500;

/**
 * Writes down what came of a claimed line, under its claim: an outcome whose claim has run out changes nothing. What has
 * happened since the claim is not lost: the line is due again then.
 */
export async function settle(database: Database, line: Claimed, outcome: Outcome, nowMs: number): Promise<void> {
  const { customerId, claim, newest } = line;
  const mine = sql`customer_id = ${customerId} AND claim = ${claim}`;
  const again = () =>
    database.run(sql`UPDATE {vestibule_course_queue} SET claim = NULL, next_ms = ${nowMs} WHERE ${mine}`);
  if (outcome.kind === 'again') {
    await again();
    return;
  }
  const unchanged = sql`${mine} AND newest = ${newest}`;
  const { affectedRows } = await database.run(
    outcome.kind === 'done'
      ? sql`DELETE FROM {vestibule_course_queue} WHERE ${unchanged}`
      : sql`UPDATE {vestibule_course_queue} SET claim = NULL, state = ${outcome.kind === 'failed' ? 'failed' : 'waiting'}, next_ms = ${nowMs + (outcome.kind === 'later' ? outcome.waitMs : 0)}, attempts = attempts + 1, tried_ms = COALESCE(tried_ms, ${nowMs}), note = ${outcome.note.slice(0, longestNote)} WHERE ${unchanged}`,
  );
  if (affectedRows === 0) await again();
}

/** Makes lines due that a process has claimed which is gone: their claims would run out by themselves, within a minute. */
export async function releaseLinesOf(tx: Transaction, process: string, nowMs: number): Promise<void> {
  await tx.run(
    sql`UPDATE {vestibule_course_queue} SET claim = NULL, next_ms = ${nowMs} WHERE state = 'waiting' AND next_ms > ${nowMs} AND next_ms <= ${nowMs + claimedFor} AND claim LIKE ${heldBy(process)}`,
  );
}
