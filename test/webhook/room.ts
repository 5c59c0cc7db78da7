import activity from '../../modules/activity/module.ts';
import { Connections } from '../../modules/connection/index.ts';
import { Clock, createTestHost, type Database, type Override, type TestHost } from '../../modules/framework/index.ts';
import { DeliveryQueue, type Enqueued } from '../../modules/webhook/delivery/queue.ts';
import { type HookEvent, type NewWebhook, type Webhook, Webhooks } from '../../modules/webhook/index.ts';
import webhook from '../../modules/webhook/module.ts';
import type { TestEngine } from '../setup/databases.ts';

/** The room of webhooks on a store of its own; what would be delivered is kept instead. */
export interface WebhookRoom {
  readonly database: Database;
  readonly host: TestHost;
  readonly webhooks: Webhooks;
  now(): Date;
  advance(ms: number): void;
  connection(code: string, websiteId?: number): Promise<number>;
  subscribe(webhook?: Partial<NewWebhook>): Promise<{ webhook: Webhook; secret: string }>;
  /** What was queued since it was asked the last time, as `scope id → webhooks`. */
  queued(): Enqueued[];
  close(): Promise<void>;
}

export async function openWebhookRoom(
  engine: TestEngine,
  options: { config?: Record<string, string | number>; override?: readonly Override[] } = {},
): Promise<WebhookRoom> {
  const opened = await engine.open({ migrated: true });
  const { database } = opened;
  let time = Date.parse('2026-03-04T05:06:07.000Z');
  const now = () => new Date(time);
  let kept: Enqueued[] = [];
  const host = await createTestHost({
    modules: [webhook, activity],
    database,
    config: { 'webhook/security/allowed_hosts': '127.0.0.1:9090', ...options.config },
    override: [
      [Clock, { now }],
      [
        DeliveryQueue,
        {
          enqueue: async (_tx: unknown, _now: number, items: readonly Enqueued[]) => {
            kept.push(...items);
          },
        },
      ],
      ...(options.override ?? []),
    ],
  });
  const webhooks = host.resolve(Webhooks);
  return {
    database,
    host,
    webhooks,
    now,
    advance: (ms) => {
      time += ms;
    },
    connection: async (code, websiteId = 1) =>
      (await database.transaction((tx) => host.resolve(Connections).create(tx, { code, name: code, websiteId }, now())))
        .id,
    subscribe: (given = {}) =>
      database.transaction((tx) =>
        webhooks.create(
          tx,
          { scope: 'store/customer/*', destination: 'https://hooks.example.com/in', ...given },
          now(),
          'ada',
        ),
      ),
    queued() {
      const answer = kept;
      kept = [];
      return answer;
    },
    async close() {
      await host.close();
      await opened.dispose();
    },
  };
}

/** An event as rooms announce them. */
export const happened = (scope: string, more: Partial<HookEvent> = {}): HookEvent => ({
  scope,
  data: { type: 'customer', id: 7 },
  customerId: 7,
  websiteId: 1,
  cause: null,
  atMs: 1_700_000_000_123,
  ...more,
});
