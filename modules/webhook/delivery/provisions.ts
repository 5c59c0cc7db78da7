import { setMaxListeners } from 'node:events';
import { Activities } from '../../activity/index.ts';
import {
  Clock,
  Continuity,
  Database,
  Environment,
  Events,
  Logger,
  Outgoing,
  onStart,
  onStopping,
  provide,
  type ServiceToken,
  service,
} from '../../framework/index.ts';
import { Payloads } from '../payload/payloads.ts';
import { webhookSecurity } from '../settings.ts';
import { Webhooks } from '../webhook.ts';
import { createSender, type Sender } from './attempt/sender.ts';
import { Bell, createBell } from './background/bell.ts';
import { createDispatcher } from './background/dispatcher.ts';
import { createJobs, DeliveryJobs } from './background/jobs.ts';
import { Deliveries } from './deliveries.ts';
import { createHeldDeliveries } from './held/create-held-deliveries.ts';
import { HeldDeliveries } from './held/held-deliveries.ts';
import { createQueue } from './lane/create-queue.ts';
import { createDeliveries } from './log/create-deliveries.ts';
import { createPurge } from './log/purge.ts';
import { DeliveryQueue } from './queue.ts';
import { deliveryLog, deliverySettings } from './settings.ts';

export const Sending: ServiceToken<Sender> = service<Sender>('webhook.Sender');

export const deliveryConfig = [deliverySettings, deliveryLog];

/** From an event that is enqueued to what is known of its delivery. */
export const deliveryProvisions = [
  provide(Bell, {}, createBell),
  provide(DeliveryQueue, { bell: Bell, continuity: Continuity }, ({ bell, continuity }) =>
    createQueue(bell.ring, continuity.heldBefore),
  ),
  provide(
    HeldDeliveries,
    { database: Database, continuity: Continuity, activities: Activities, clock: Clock, bell: Bell },
    ({ bell, ...room }) => createHeldDeliveries({ ...room, ring: bell.ring }),
  ),
  provide(
    Sending,
    {
      database: Database,
      webhooks: Webhooks,
      payloads: Payloads,
      outgoing: Outgoing,
      security: webhookSecurity.token,
      settings: deliverySettings.token,
      clock: Clock,
    },
    createSender,
  ),
  provide(Deliveries, { sender: Sending, clock: Clock, bell: Bell }, ({ bell, ...room }) =>
    createDeliveries({ ...room, ring: bell.ring }),
  ),
  provide(
    DeliveryJobs,
    {
      database: Database,
      events: Events,
      webhooks: Webhooks,
      sender: Sending,
      settings: deliverySettings.token,
      log: deliveryLog.token,
      bell: Bell,
      clock: Clock,
      logger: Logger,
    },
    ({ database, events, webhooks, log, bell, ...room }) => {
      const abort = new AbortController();
      // Each attempt under way listens.
      setMaxListeners(0, abort.signal);
      const books = { database, events, random: Math.random, find: webhooks.find };
      const dispatcher = createDispatcher({ ...room, books, signal: abort.signal });
      const purge = createPurge(database, log, room.clock);
      const jobs = createJobs({ dispatcher, purge, abort, logger: room.logger });
      bell.answer(jobs.wake);
      return jobs;
    },
  ),
];

export const deliveryHooks = [
  // Tests count statements: in theirs nothing runs by itself.
  onStart(
    'webhook.start-delivery',
    { jobs: DeliveryJobs, environment: Environment, settings: deliverySettings.token },
    async ({ jobs, environment, settings }) => {
      if (environment.nodeEnv !== 'test' && (await settings.get('background'))) jobs.start();
    },
  ),
  onStopping('webhook.stop-delivery', { jobs: DeliveryJobs }, ({ jobs }) => jobs.stop()),
];
