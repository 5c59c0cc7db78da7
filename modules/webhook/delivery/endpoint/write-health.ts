import { type Events, idList, sql, type Transaction } from '../../../framework/index.ts';
import type { Webhook } from '../../webhook.ts';
import type { Outcome } from '../lane/outcome.ts';
import type { Random } from './backoff.ts';
import { WebhookDisabled } from './disabled.ts';
import { type Health, healthAfter, healthy, isLost, type Sign } from './health.ts';

/** What is known of an endpoint once outcomes are written down. */
export interface Settled {
  readonly webhookId: number;
  /** False where it was switched off, or is no longer there. */
  readonly active: boolean;
  readonly health: Health;
}

export interface EndpointBooks {
  readonly events: Events;
  readonly find: (tx: Transaction, webhookId: number) => Promise<Webhook | undefined>;
  readonly random: Random;
}

interface HealthRow {
  readonly webhookId: number;
  readonly active: number;
  readonly failures: number;
  readonly failingSinceMs: number | null;
  readonly failedMs: number | null;
  readonly pausedUntilMs: number | null;
}

/**
 * Notes in the rows of subscriptions how their endpoints did, and switches off those that are lost. Endpoints that do well
 * and did before (`troubled`) are not looked at: most of the time this costs nothing.
 */
export async function writeHealth(
  books: EndpointBooks,
  tx: Transaction,
  outcomes: readonly Outcome[],
  troubled: ReadonlySet<number>,
  nowMs: number,
): Promise<readonly Settled[]> {
  const signs = new Map<number, Sign[]>();
  const gone = new Set<number>();
  for (const outcome of outcomes) {
    if (outcome.kind !== 'ended' && outcome.kind !== 'later') continue;
    const { webhookId } = outcome.delivery;
    if (outcome.attempt.verdict === 'gone') gone.add(webhookId);
    if (outcome.sign) signs.set(webhookId, [...(signs.get(webhookId) ?? []), outcome.sign]);
  }
  const changed = [...signs.keys()].filter(
    (id) => troubled.has(id) || signs.get(id)?.some(({ kind }) => kind === 'failure'),
  );
  if (changed.length === 0) return [];
  changed.sort((a, b) => a - b);
  const rows = await tx.all<HealthRow>(
    sql`SELECT webhook_id AS webhookId, is_active AS active, failures, failing_since_ms AS failingSinceMs, failed_ms AS failedMs, paused_until_ms AS pausedUntilMs
      FROM {vestibule_webhook} WHERE webhook_id IN (${idList(changed)}) ORDER BY webhook_id ${tx.dialect.forUpdate}`,
  );
  const settled: Settled[] = [];
  for (const { webhookId, active, ...before } of rows) {
    const health = healthAfter(before, signs.get(webhookId) ?? [], nowMs, books.random);
    tx.later(
      sql`UPDATE {vestibule_webhook} SET failures = ${health.failures}, failing_since_ms = ${health.failingSinceMs}, failed_ms = ${health.failedMs}, paused_until_ms = ${health.pausedUntilMs} WHERE webhook_id = ${webhookId}`,
    );
    const because = gone.has(webhookId) ? goneBecause : isLost(health) ? lostBecause : undefined;
    if (active === 1 && because) await disable(books, tx, webhookId, because, nowMs);
    settled.push({ webhookId, active: active === 1 && !because, health });
  }
  for (const webhookId of changed)
    if (!rows.some((row) => row.webhookId === webhookId)) settled.push({ webhookId, active: false, health: healthy });
  return settled;
}

const goneBecause = 'The receiver answered 410: it is gone and wants no more events.';
const lostBecause = 'Nothing could be delivered for five days.';

async function disable(
  { events, find }: EndpointBooks,
  tx: Transaction,
  webhookId: number,
  because: string,
  nowMs: number,
): Promise<void> {
  await tx.run(
    sql`UPDATE {vestibule_webhook} SET is_active = 0, disabled_because = ${because} WHERE webhook_id = ${webhookId} AND is_active = 1`,
  );
  const webhook = await find(tx, webhookId);
  if (webhook) await events.emit(WebhookDisabled, { webhook, because, at: new Date(nowMs) }, tx);
}
