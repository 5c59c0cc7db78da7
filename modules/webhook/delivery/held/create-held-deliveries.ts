import type { Activities } from '../../../activity/index.ts';
import { type Clock, type Continuity, type Database, idList, sql } from '../../../framework/index.ts';
import type { HeldDeliveries, Resumed } from './held-deliveries.ts';
import { never } from './hold.ts';

/** Lanes that one transaction lets go. */
const together = 200;

const unsent =
  'Dropped unsent: it stood in a backup that the database was brought back from, and may have been sent before. webhook:replay sends it.';

/** The service behind the token `HeldDeliveries`. */
export function createHeldDeliveries(room: {
  readonly database: Database;
  readonly continuity: Pick<Continuity, 'last'>;
  readonly activities: Activities;
  readonly clock: Clock;
  readonly ring: () => void;
}): HeldDeliveries {
  const { database, continuity, activities, clock, ring } = room;
  const { dialect } = database;
  const due = dialect.readBy('vestibule_webhook_lane_due');

  /** Lets the next lanes of a subscription go; undefined where none is held. */
  function some(webhookId: number, dropBefore: number | undefined): Promise<Resumed | undefined> {
    return database.transaction(async (tx) => {
      const rows = await tx.all<{ lane: number }>(
        sql`SELECT lane FROM {vestibule_webhook_lane} ${due} WHERE webhook_id = ${webhookId} AND next_ms = ${never} ORDER BY lane LIMIT ${together}`,
      );
      if (rows.length === 0) return undefined;
      const lanes = idList(rows.map(({ lane }) => lane));
      const now = clock.now().getTime();
      const { affectedRows: released } = await tx.run(
        sql`UPDATE {vestibule_webhook_lane} SET next_ms = ${now} WHERE webhook_id = ${webhookId} AND lane IN (${lanes}) AND next_ms = ${never}`,
      );
      if (dropBefore === undefined) return { released, dropped: 0 };
      const { affectedRows: dropped } = await tx.run(
        sql`UPDATE {vestibule_webhook_delivery} SET state = 'failed', ended_ms = ${now}, note = ${unsent}
          WHERE webhook_id = ${webhookId} AND lane IN (${lanes}) AND state = 'waiting' AND created_ms < ${dropBefore}`,
      );
      return { released, dropped };
    });
  }

  return {
    async count(db, most) {
      const row = await db.first<{ n: number }>(
        sql`SELECT COUNT(*) AS n FROM (SELECT ${dialect.joinsAsWritten} d.delivery_id FROM {vestibule_webhook} w
          JOIN {vestibule_webhook_lane} l ${due} ON l.webhook_id = w.webhook_id AND l.next_ms = ${never}
          JOIN {vestibule_webhook_delivery} d ${dialect.readBy('vestibule_webhook_delivery_lane')}
            ON d.webhook_id = l.webhook_id AND d.lane = l.lane AND d.state = 'waiting' LIMIT ${most}) held`,
      );
      return row?.n ?? 0;
    },
    async resume(drop, by) {
      const restored = await continuity.last(database);
      const dropBefore = drop ? (restored?.restoredMs ?? clock.now().getTime()) : undefined;
      const total = { released: 0, dropped: 0 };
      const webhooks = await database.all<{ id: number }>(sql`SELECT webhook_id AS id FROM {vestibule_webhook}`);
      for (const { id } of webhooks)
        for (let part = await some(id, dropBefore); part; part = await some(id, dropBefore)) {
          total.released += part.released;
          total.dropped += part.dropped;
        }
      if (total.released > 0)
        await database.transaction(async (tx) => {
          activities.record(tx, {
            at: clock.now(),
            operation: 'webhook.resume',
            outcome: 'done',
            status: 200,
            actor: by,
            subject: 'webhooks',
            notes: [drop ? `${total.dropped} held deliveries were dropped.` : 'Held deliveries are sent.'],
          });
        });
      ring();
      return total;
    },
  };
}
