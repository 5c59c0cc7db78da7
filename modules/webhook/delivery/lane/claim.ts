import { constant, type Database, idList, sql } from '../../../framework/index.ts';

/** The oldest open delivery of a lane that this process, and no other, may send now. */
export interface ClaimedDelivery {
  readonly webhookId: number;
  readonly lane: number;
  /** Names this claim; whoever ends the delivery proves by it that the lane is still its own. */
  readonly claim: string;
  /** When the lane was due, to give it back as it was; and when the claim runs out. */
  readonly dueMs: number;
  readonly untilMs: number;
  /** The lane's mark when it was claimed. */
  readonly newest: string;
  readonly id: number;
  readonly messageId: string;
  readonly scope: string;
  /** JSON. */
  readonly data: string;
  readonly websiteId: number | null;
  readonly hash: string;
  readonly createdMs: number;
  /** Attempts before this one, and when the first of them was. */
  readonly attempts: number;
  readonly triedMs: number | null;
  /** Another open delivery stands behind it. */
  readonly more: boolean;
}

/** Milliseconds that a claim lasts for, besides the longest attempt. */
export const claimMargin = 10_000;

/** What a claim found: deliveries, and lanes in which nothing is left. */
export interface Claimed {
  readonly deliveries: readonly ClaimedDelivery[];
  readonly empty: readonly Omit<EmptyLane, 'untilMs'>[];
}
export type EmptyLane = Pick<ClaimedDelivery, 'webhookId' | 'lane' | 'claim' | 'newest' | 'untilMs'>;

interface Row {
  readonly lane: number;
  readonly newest: string;
  readonly id: number | null;
  readonly messageId: string;
  readonly scope: string;
  readonly data: string;
  readonly websiteId: number | null;
  readonly hash: string;
  readonly createdMs: number;
  readonly attempts: number;
  readonly triedMs: number | null;
  readonly behind: number | null;
}

/**
 * Takes up to `most` lanes of a subscription that are due, the longest waiting first, by compare-and-set: of several
 * processes that see a lane due, one gets it. Three statements, each of which reads some rows for every lane that is
 * taken, and none for those that wait behind.
 */
export async function claimLanes(
  database: Database,
  webhookId: number,
  claim: { readonly name: string; readonly nowMs: number; readonly untilMs: number; readonly most: number },
): Promise<Claimed> {
  const { name, nowMs, untilMs, most } = claim;
  const { dialect } = database;
  const due = await database.all<{ lane: number; dueMs: number }>(
    sql`SELECT lane, next_ms AS dueMs FROM {vestibule_webhook_lane} ${dialect.readBy('vestibule_webhook_lane_due')}
      WHERE webhook_id = ${webhookId} AND next_ms <= ${nowMs} ORDER BY next_ms LIMIT ${most}`,
  );
  if (due.length === 0) return { deliveries: [], empty: [] };
  // In the order in which lanes are written everywhere, so that two processes wait for each other and no more.
  const lanes = idList(due.map(({ lane }) => lane).sort((a, b) => a - b));
  const { affectedRows } = await database.run(
    sql`UPDATE {vestibule_webhook_lane} ${dialect.readBy('PRIMARY')} SET claim = ${name}, next_ms = ${untilMs}
      WHERE webhook_id = ${webhookId} AND lane IN (${lanes}) AND next_ms <= ${nowMs}`,
  );
  if (affectedRows === 0) return { deliveries: [], empty: [] };
  const rows = await database.all<Row>(
    sql`SELECT ${dialect.joinsAsWritten} l.lane, l.newest, d.delivery_id AS id, d.message_id AS messageId, d.scope, d.data,
        d.website_id AS websiteId, d.hash, d.created_ms AS createdMs, d.attempts, d.tried_ms AS triedMs,
        (SELECT b.delivery_id FROM {vestibule_webhook_delivery} b ${dialect.readBy('vestibule_webhook_delivery_lane')}
          WHERE b.webhook_id = l.webhook_id AND b.lane = l.lane AND b.state = 'waiting' AND b.delivery_id > d.delivery_id
          ORDER BY b.delivery_id LIMIT 1) AS behind
      FROM {vestibule_webhook_lane} l ${dialect.readBy('PRIMARY')}
      LEFT JOIN {vestibule_webhook_delivery} d ${dialect.readBy('PRIMARY')} ON d.delivery_id =
        (SELECT f.delivery_id FROM {vestibule_webhook_delivery} f ${dialect.readBy('vestibule_webhook_delivery_lane')}
          WHERE f.webhook_id = l.webhook_id AND f.lane = l.lane AND f.state = 'waiting' ORDER BY f.delivery_id LIMIT 1)
      WHERE l.webhook_id = ${webhookId} AND l.lane IN (${lanes}) AND l.claim = ${name}`,
  );
  const dueOf = new Map(due.map(({ lane, dueMs }) => [lane, dueMs]));
  const deliveries: ClaimedDelivery[] = [];
  const empty: EmptyLane[] = [];
  for (const { id, behind, ...row } of rows) {
    const held = { webhookId, claim: name, untilMs };
    if (id === null) empty.push({ ...held, lane: row.lane, newest: row.newest });
    else deliveries.push({ ...row, ...held, id, dueMs: dueOf.get(row.lane) ?? nowMs, more: behind !== null });
  }
  deliveries.sort((a, b) => a.dueMs - b.dueMs || a.id - b.id);
  return { deliveries, empty };
}

/** A subscription that has something to send now. */
export interface DueEndpoint {
  readonly webhookId: number;
  /** It was left alone until a while ago; null where it is not being spared. */
  readonly pausedUntilMs: number | null;
  /** Its last deliveries failed. */
  readonly troubled: boolean;
}

const surveyed = constant(
  (
    now: number,
  ) => sql`SELECT w.webhook_id AS webhookId, w.paused_until_ms AS pausedUntilMs, w.failures, w.failing_since_ms AS failingSinceMs,
      (SELECT l.next_ms FROM {vestibule_webhook_lane} l WHERE l.webhook_id = w.webhook_id ORDER BY l.next_ms LIMIT 1) AS dueMs
    FROM {vestibule_webhook} w WHERE w.is_active = 1 AND (w.paused_until_ms IS NULL OR w.paused_until_ms <= ${now})`,
);

interface Surveyed {
  readonly webhookId: number;
  readonly pausedUntilMs: number | null;
  readonly failures: number;
  readonly failingSinceMs: number | null;
  readonly dueMs: number | null;
}

/** Who is to be told something now: one row for each active subscription, and one entry of an index. */
export async function survey(database: Database, nowMs: number): Promise<readonly DueEndpoint[]> {
  const rows = await database.all<Surveyed>(surveyed(nowMs));
  return rows
    .filter(({ dueMs }) => dueMs !== null && dueMs <= nowMs)
    .map(({ webhookId, pausedUntilMs, failures, failingSinceMs }) => ({
      webhookId,
      pausedUntilMs,
      troubled: failures > 0 || failingSinceMs !== null || pausedUntilMs !== null,
    }));
}
