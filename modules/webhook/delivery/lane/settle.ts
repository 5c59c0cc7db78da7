import { type Database, type Outcome as Ran, sql, type Transaction } from '../../../framework/index.ts';
import type { Attempt } from '../attempt/verdict.ts';
import { type EndpointBooks, type Settled, writeHealth } from '../endpoint/write-health.ts';
import type { Outcome } from './outcome.ts';

export interface Settlement {
  /** Endpoints whose health was looked at. */
  readonly endpoints: readonly Settled[];
  /** Claims that had run out before the outcome could be written, complete once the transaction has ended. */
  readonly lost: number;
}

export type Books = EndpointBooks & { readonly database: Database };

/**
 * Writes down what came of claimed lanes, all in one transaction. The lane decides: what it is written under is the claim
 * that was made, so that an outcome whose claim has run out changes nothing.
 */
export function settle(
  books: Books,
  outcomes: readonly Outcome[],
  troubled: ReadonlySet<number>,
  nowMs: number,
): Promise<Settlement> {
  return books.database.transaction(async (tx) => {
    const settlement = { endpoints: await writeHealth(books, tx, outcomes, troubled, nowMs), lost: 0 };
    for (const outcome of inOrder(outcomes)) writeLane(tx, outcome, nowMs, () => settlement.lost++);
    return settlement;
  });
}

const laneOf = (outcome: Outcome) => (outcome.kind === 'empty' ? outcome.lane : outcome.delivery);

/** In the order in which lanes are written everywhere. */
const inOrder = (outcomes: readonly Outcome[]): readonly Outcome[] =>
  [...outcomes].sort((a, b) => laneOf(a).webhookId - laneOf(b).webhookId || laneOf(a).lane - laneOf(b).lane);

function writeLane(tx: Transaction, outcome: Outcome, nowMs: number, onLost: () => void): void {
  const { webhookId, lane, claim, newest } = laneOf(outcome);
  const mine = sql`webhook_id = ${webhookId} AND lane = ${lane} AND claim = ${claim}`;
  const held = (then: () => void) => (ran: Ran) => (ran.affectedRows === 1 ? then() : onLost());
  const release = (nextMs: number, then: () => void) =>
    tx.later(sql`UPDATE {vestibule_webhook_lane} SET claim = NULL, next_ms = ${nextMs} WHERE ${mine}`, held(then));
  /** Nothing is open in it any more, unless something came since it was claimed. */
  const empty = (then: () => void) =>
    tx.later(sql`DELETE FROM {vestibule_webhook_lane} WHERE ${mine} AND newest = ${newest}`, (ran) =>
      ran.affectedRows === 1 ? then() : release(nowMs, then),
    );
  if (outcome.kind === 'empty') empty(() => {});
  else if (outcome.kind === 'returned') release(outcome.dueMs, () => {});
  else if (outcome.kind === 'later') release(outcome.nextMs, () => tx.later(retried(outcome)));
  else if (outcome.delivery.more) release(nowMs, () => tx.later(ended(outcome)));
  else empty(() => tx.later(ended(outcome)));
}

const said = ({ status, durationMs, note, answer }: Attempt) =>
  sql`attempts = attempts + 1, status = ${status}, duration_ms = ${durationMs}, note = ${note?.slice(0, 500) ?? null}, answer = ${answer}`;

const ended = ({ delivery, state, attempt, atMs }: Extract<Outcome, { kind: 'ended' }>) =>
  sql`UPDATE {vestibule_webhook_delivery} SET state = ${state}, tried_ms = COALESCE(tried_ms, ${atMs}), ended_ms = ${atMs}, ${said(attempt)} WHERE delivery_id = ${delivery.id}`;

const retried = ({ delivery, attempt, atMs }: Extract<Outcome, { kind: 'later' }>) =>
  sql`UPDATE {vestibule_webhook_delivery} SET tried_ms = COALESCE(tried_ms, ${atMs}), ${said(attempt)} WHERE delivery_id = ${delivery.id}`;
