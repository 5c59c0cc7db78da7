import {
  Clock,
  createTestHost,
  type Database,
  defineModule,
  Events,
  observe,
  silentLogger,
  type TestHost,
} from '../../../modules/framework/index.ts';
import { createDispatcher } from '../../../modules/webhook/delivery/background/dispatcher.ts';
import { createJobs } from '../../../modules/webhook/delivery/background/jobs.ts';
import { Sending } from '../../../modules/webhook/delivery/provisions.ts';
import { DeliveryQueue } from '../../../modules/webhook/delivery/queue.ts';
import { deliverySettings } from '../../../modules/webhook/delivery/settings.ts';
import {
  Deliveries,
  type Delivery,
  type DeliveryFilter,
  DeliveryJobs,
  type HookEvent,
  type NewWebhook,
  WebhookDisabled,
  Webhooks,
} from '../../../modules/webhook/index.ts';
import webhook from '../../../modules/webhook/module.ts';
import type { OpenOptions, TestEngine } from '../../setup/databases.ts';
import { openReceiver, type Receiver } from './receiver.ts';

/** Delivery on a store of its own, to a receiver of its own. Nothing runs by itself: `look` sends what is due. */
export interface DeliveryRoom {
  readonly database: Database;
  readonly host: TestHost;
  readonly receiver: Receiver;
  readonly webhooks: Webhooks;
  readonly deliveries: Deliveries;
  /** What `WebhookDisabled` said, as `<id>: <because>`. */
  readonly disabled: string[];
  now(): Date;
  advance(ms: number): void;
  /** A subscription to everything under a path of the receiver. */
  subscribe(path: string, more?: Partial<NewWebhook>): Promise<{ readonly id: number; readonly secret: string }>;
  /** Events about customers, by number, each with its own `data.id`. */
  enqueue(
    webhookIds: readonly number[],
    events: readonly (readonly [customer: number | null, id: number])[],
  ): Promise<void>;
  look(): Promise<number>;
  jobs(): DeliveryJobs;
  log(filter?: DeliveryFilter): Promise<readonly Delivery[]>;
  /** Another process on the same store: all that it has of its own. */
  second(): DeliveryJobs;
  /** Deletes every subscription and what was sent to it. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export async function openDeliveryRoom(engine: TestEngine, options: OpenOptions = {}): Promise<DeliveryRoom> {
  const opened = await engine.open({ migrated: true, ...options });
  const receiver = await openReceiver();
  const time = { now: Date.parse('2026-03-04T05:06:07.000Z') };
  const disabled: string[] = [];
  const now = () => new Date(time.now);
  const { database } = opened;
  const ears = defineModule({
    name: 'ears',
    version: '1.0.0',
    host: '^1',
    sequence: ['webhook'],
    observers: [
      observe(WebhookDisabled, {
        id: 'ears.disabled',
        when: 'committed',
        handle: ({ webhook: { id }, because }) => void disabled.push(`${id}: ${because}`),
      }),
    ],
  });
  const host = await createTestHost({
    modules: [webhook, ears],
    database,
    config: { 'webhook/security/allowed_hosts': `127.0.0.1:${receiver.port}` },
    override: [[Clock, { now }]],
  });
  const webhooks = host.resolve(Webhooks);
  const deliveries = host.resolve(Deliveries);
  const url = `http://127.0.0.1:${receiver.port}`;
  return {
    database,
    host,
    receiver,
    webhooks,
    deliveries,
    disabled,
    now,
    advance: (ms) => {
      time.now += ms;
    },
    async subscribe(path, more = {}) {
      const made = await database.transaction((tx) =>
        webhooks.create(tx, { scope: 'store/customer/*', destination: url + path, ...more }, now(), 'ada'),
      );
      return { id: made.webhook.id, secret: made.secret };
    },
    enqueue: (webhookIds, events) =>
      database.transaction((tx) =>
        host.resolve(DeliveryQueue).enqueue(
          tx,
          time.now,
          events.map(([customerId, id]) => ({ event: updated(customerId, id, time.now), hash: `h${id}`, webhookIds })),
        ),
      ),
    look: () => host.resolve(DeliveryJobs).look(),
    jobs: () => host.resolve(DeliveryJobs),
    log: (filter = {}) => deliveries.page(database, filter, undefined, 100),
    second() {
      const abort = new AbortController();
      const books = { database, events: host.resolve(Events), find: webhooks.find, random: Math.random };
      const sender = host.resolve(Sending);
      const settings = host.resolve(deliverySettings.token);
      const shared = { clock: { now }, logger: silentLogger };
      const dispatcher = createDispatcher({ ...shared, books, sender, settings, signal: abort.signal });
      return createJobs({ ...shared, dispatcher, purge: async () => 0, abort });
    },
    async clear() {
      for (const { id } of await webhooks.list(database))
        await database.transaction((tx) => webhooks.delete(tx, id, 'ada'));
      await host.resolve(DeliveryJobs).purge();
      receiver.forget();
      disabled.length = 0;
    },
    async close() {
      await host.close();
      await receiver.close();
      await opened.dispose();
    },
  };
}

const updated = (customerId: number | null, id: number, atMs: number): HookEvent => ({
  scope: 'store/customer/updated',
  data: { type: 'customer', id },
  customerId,
  websiteId: 1,
  cause: null,
  atMs,
});
