import { setTimeout as pause } from 'node:timers/promises';
import type { Clock, Logger } from '../../../framework/index.ts';
import type { Settled } from '../endpoint/write-health.ts';
import type { Outcome } from '../lane/outcome.ts';
import { type Books, settle } from '../lane/settle.ts';

/** As many outcomes are written by one transaction. */
const most = 100;
/** After a failure of the database. A claim runs out sooner than this has been tried often. */
const retryAfter = 500;
const tries = 20;

/** Writes down outcomes: what comes while a transaction is under way goes into the next one. */
export interface Settler {
  /** Resolves once it is written down, or given up; then others will repeat the attempt. */
  settle(outcome: Outcome): Promise<void>;
  /** An endpoint whose row says something that a success ends. */
  troubled(webhookId: number): void;
}

export function createSettler(room: {
  readonly books: Books;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told what the rows of endpoints say now. */
  readonly heard: (settled: Settled) => void;
}): Settler {
  const { books, clock, logger, heard } = room;
  let waiting: { readonly outcome: Outcome; readonly done: () => void }[] = [];
  let writing = false;
  const troubled = new Set<number>();

  async function write(outcomes: readonly Outcome[]): Promise<void> {
    for (let attempt = 1; ; attempt++)
      try {
        const { endpoints, lost } = await settle(books, outcomes, troubled, clock.now().getTime());
        for (const endpoint of endpoints) {
          const { failures, failingSinceMs } = endpoint.health;
          if (failures === 0 && failingSinceMs === null) troubled.delete(endpoint.webhookId);
          else troubled.add(endpoint.webhookId);
          heard(endpoint);
        }
        if (lost > 0) logger.warn({ lost }, 'deliveries of webhooks took longer than their claim; they are repeated');
        return;
      } catch (err) {
        if (attempt >= tries) {
          logger.error(
            { err, deliveries: outcomes.length },
            'what came of deliveries could not be written down; they are repeated',
          );
          return;
        }
        logger.warn({ err }, 'what came of deliveries could not be written down; it is tried again');
        await pause(retryAfter);
      }
  }

  async function writeAll(): Promise<void> {
    writing = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await write(batch.map(({ outcome }) => outcome));
      for (const { done } of batch) done();
    }
    writing = false;
  }

  return {
    settle: (outcome) =>
      new Promise((done) => {
        waiting.push({ outcome, done });
        // Whatever ends in this turn of the loop goes along.
        if (!writing) {
          writing = true;
          setImmediate(() => void writeAll());
        }
      }),
    troubled: (webhookId) => void troubled.add(webhookId),
  };
}
