import { setImmediate as pause } from 'node:timers/promises';
import { type Clock, type Database, idList, sql } from '../../../framework/index.ts';
import type { DeliveryLogSettings } from '../settings.ts';

const day = 86_400_000;
/** Rows that one statement removes: nobody waits for it long. */
const batch = 500;

/**
 * Removes, batch by batch, what ended long ago and what is of subscriptions that are gone, until `stopped` says so.
 * Answers how many deliveries.
 */
export type Purge = (stopped?: Stopped) => Promise<number>;
type Stopped = () => boolean;

export const createPurge =
  (database: Database, settings: DeliveryLogSettings, clock: Clock): Purge =>
  async (stopped = () => false) => {
    const days = await settings.get('retention');
    let removed = 0;
    if (days > 0)
      for (const state of ['delivered', 'failed'])
        removed += await ended(database, state, clock.now().getTime() - days * day, stopped);
    return removed + (await orphans(database, stopped));
  };

async function ended(database: Database, state: string, beforeMs: number, stopped: Stopped): Promise<number> {
  for (let removed = 0; ; await pause()) {
    if (stopped()) return removed;
    const rows = await database.all<{ id: number }>(
      sql`SELECT delivery_id AS id FROM {vestibule_webhook_delivery} ${database.dialect.readBy('vestibule_webhook_delivery_ended')}
        WHERE state = ${state} AND ended_ms < ${beforeMs} ORDER BY ended_ms LIMIT ${batch}`,
    );
    if (rows.length === 0) return removed;
    const ids = idList(rows.map(({ id }) => id));
    // It may be on its way once more.
    const { affectedRows } = await database.run(
      sql`DELETE FROM {vestibule_webhook_delivery} WHERE delivery_id IN (${ids}) AND state = ${state} AND ended_ms < ${beforeMs}`,
    );
    removed += affectedRows;
  }
}

/** Walks from one subscription that has deliveries or lanes to the next: as many steps as there are subscriptions. */
async function orphans(database: Database, stopped: Stopped): Promise<number> {
  let removed = 0;
  for (const table of ['delivery', 'lane'] as const)
    for (let at = 0; !stopped(); ) {
      const found = await database.first<{ id: number; known: number | null }>(
        table === 'delivery'
          ? sql`SELECT d.webhook_id AS id, (SELECT w.webhook_id FROM {vestibule_webhook} w WHERE w.webhook_id = d.webhook_id) AS known FROM {vestibule_webhook_delivery} d ${database.dialect.readBy('vestibule_webhook_delivery_lane')} WHERE d.webhook_id > ${at} ORDER BY d.webhook_id LIMIT 1`
          : sql`SELECT l.webhook_id AS id, (SELECT w.webhook_id FROM {vestibule_webhook} w WHERE w.webhook_id = l.webhook_id) AS known FROM {vestibule_webhook_lane} l ${database.dialect.readBy('PRIMARY')} WHERE l.webhook_id > ${at} ORDER BY l.webhook_id LIMIT 1`,
      );
      if (!found) break;
      at = found.id;
      if (found.known !== null) continue;
      const count =
        table === 'delivery' ? await deliveriesOf(database, at, stopped) : await lanesOf(database, at, stopped);
      if (table === 'delivery') removed += count;
    }
  return removed;
}

async function deliveriesOf(database: Database, webhookId: number, stopped: Stopped): Promise<number> {
  for (let removed = 0; ; await pause()) {
    if (stopped()) return removed;
    const rows = await database.all<{ id: number }>(
      sql`SELECT delivery_id AS id FROM {vestibule_webhook_delivery} WHERE webhook_id = ${webhookId} LIMIT ${batch}`,
    );
    if (rows.length === 0) return removed;
    const ids = idList(rows.map(({ id }) => id));
    removed += (await database.run(sql`DELETE FROM {vestibule_webhook_delivery} WHERE delivery_id IN (${ids})`))
      .affectedRows;
  }
}

async function lanesOf(database: Database, webhookId: number, stopped: Stopped): Promise<number> {
  for (let removed = 0; ; await pause()) {
    if (stopped()) return removed;
    const rows = await database.all<{ lane: number }>(
      sql`SELECT lane FROM {vestibule_webhook_lane} WHERE webhook_id = ${webhookId} LIMIT ${batch}`,
    );
    if (rows.length === 0) return removed;
    const lanes = idList(rows.map(({ lane }) => lane));
    removed += (
      await database.run(
        sql`DELETE FROM {vestibule_webhook_lane} WHERE webhook_id = ${webhookId} AND lane IN (${lanes})`,
      )
    ).affectedRows;
  }
}
