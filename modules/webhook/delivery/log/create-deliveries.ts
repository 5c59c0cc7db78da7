import { type Clock, sql } from '../../../framework/index.ts';
import { unknownWebhook } from '../../webhook-error.ts';
import { shownHeaders } from '../attempt/request.ts';
import type { Sender } from '../attempt/sender.ts';
import type { Deliveries, Delivery, TestAnswer } from '../deliveries.ts';
import { newMessageId } from '../lane/message-id.ts';
import { readBacklog } from './backlog.ts';
import { newestIds, newestOfEach } from './ranges.ts';
import { replay } from './replay.ts';
import { newestFirst, readDeliveries } from './rows.ts';

/** The scope of test events; nobody can subscribe to it. */
export const testScope = 'store/webhook/test';

export function createDeliveries(room: {
  readonly sender: Sender;
  readonly clock: Clock;
  readonly ring: () => void;
}): Deliveries {
  const { sender, clock, ring } = room;
  const now = () => clock.now().getTime();
  return {
    async page(db, filter, before, limit) {
      const last =
        before === undefined
          ? undefined
          : await db.first<{ createdMs: number }>(
              sql`SELECT created_ms AS createdMs FROM {vestibule_webhook_delivery} WHERE delivery_id = ${before}`,
            );
      const position = before === undefined ? undefined : { id: before, createdMs: last?.createdMs };
      const found: Delivery[] = [];
      for (const ids of await newestIds(db, filter, limit, now(), position))
        found.push(
          ...(await readDeliveries(
            db,
            sql`SELECT * FROM (${ids}) u ORDER BY created_ms DESC, delivery_id DESC LIMIT ${limit}`,
            now(),
          )),
        );
      return found.sort(newestFirst).slice(0, limit);
    },
    async find(db, id) {
      return (await readDeliveries(db, sql`SELECT ${id} AS delivery_id`, now()))[0];
    },
    async latest(db, webhookIds) {
      const newest = new Map<number, Delivery>();
      for (const ids of newestOfEach(db, webhookIds))
        for (const delivery of (await readDeliveries(db, ids, now())).sort(newestFirst))
          if (!newest.has(delivery.webhookId)) newest.set(delivery.webhookId, delivery);
      return newest;
    },
    async count(db, filter, most) {
      let count = 0;
      for (const ids of await newestIds(db, filter, most, now())) {
        const row = await db.first<{ n: number }>(
          sql`SELECT COUNT(*) AS n FROM (SELECT * FROM (${ids}) u LIMIT ${most}) c`,
        );
        count += row?.n ?? 0;
      }
      return Math.min(count, most);
    },
    async replay(tx, which, at) {
      const replayed = await replay(tx, which, at.getTime());
      tx.afterCommit(ring);
      return replayed;
    },
    async test(webhookId): Promise<TestAnswer> {
      const endpoint = await sender.endpoint(webhookId);
      if (!endpoint) throw unknownWebhook(webhookId);
      const messageId = newMessageId();
      const { websiteId } = endpoint.webhook;
      const data = { type: 'webhook', id: webhookId };
      const event = { scope: testScope, data, customerId: null, websiteId, cause: null, atMs: now() };
      const request = await sender.prepare(endpoint, { ...event, hash: messageId, messageId });
      const { verdict, status, durationMs, note, answer } = await sender.send(request);
      const { url, body } = request;
      const shown = { url, body, headers: shownHeaders(request, endpoint.secrets.headers) };
      return { ok: verdict === 'delivered', status, durationMs, note, answer, request: shown };
    },
    backlog: (db) => readBacklog(db, now()),
  };
}
