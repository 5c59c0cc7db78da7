import { Activities } from '../activity/index.ts';
import { Connections } from '../connection/index.ts';
import { CustomerAttributes, Customers } from '../customer/index.ts';
import { Clock, defineModule, Encryptor, provide } from '../framework/index.ts';
import { webhookContributions } from './admin/contributions.ts';
import { webhookPages } from './admin/routes.ts';
import { subscriptionsOfConnection } from './belonging.ts';
import { webhookOperations } from './checkup.ts';
import { webhookCommands } from './commands/commands.ts';
import { deliveryObservers } from './delivery/observers.ts';
import { deliveryConfig, deliveryHooks, deliveryProvisions } from './delivery/provisions.ts';
import { DeliveryQueue } from './delivery/queue.ts';
import { createFanOut, createHookEvents } from './event/create-hook-events.ts';
import { createInterest } from './event/interest.ts';
import { changesAnnounced, EventFanOut, interestInChanges, Listening } from './event/observer.ts';
import { HookEvents, HookScopes } from './hook-event.ts';
import { deliveryRoutes } from './http/deliveries.ts';
import { webhookRoutes } from './http/webhooks.ts';
import { createPayloads, Payloads } from './payload/payloads.ts';
import { customerScopes, HookCatalogue } from './scope/catalogue.ts';
import { webhookSecurity } from './settings.ts';
import { createWebhooks } from './subscription/create-webhooks.ts';
import { Webhooks } from './webhook.ts';

export default defineModule({
  name: 'webhook',
  version: '0.1.0',
  host: '^1',
  sequence: ['store', 'customer', 'connection', 'activity', 'change-capture'],
  optional: ['admin'],
  acl: {
    'webhook::view': 'See webhooks and what was delivered',
    'webhook::manage': 'Change webhooks, send test events and replay deliveries',
    'webhook::config': 'Configure webhooks',
  },
  config: [webhookSecurity, ...deliveryConfig],
  migrations: new URL('./migrations/', import.meta.url),
  provides: [
    provide(HookCatalogue, { scopes: HookScopes }, ({ scopes }) => scopes),
    provide(Listening, { clock: Clock }, ({ clock }) => createInterest(clock)),
    provide(
      Webhooks,
      {
        activities: Activities,
        connections: Connections,
        encryptor: Encryptor,
        clock: Clock,
        security: webhookSecurity.token,
        scopes: HookCatalogue,
        interest: Listening,
      },
      ({ interest, ...needs }) => createWebhooks({ ...needs, changed: interest.changed }),
    ),
    provide(EventFanOut, { queue: DeliveryQueue, clock: Clock }, ({ queue, clock }) => createFanOut(queue, clock)),
    provide(HookEvents, { fanOut: EventFanOut, interest: Listening }, ({ fanOut, interest }) =>
      createHookEvents(fanOut, interest),
    ),
    provide(Payloads, { customers: Customers, attributes: CustomerAttributes }, ({ customers, attributes }) =>
      createPayloads(customers, attributes),
    ),
    ...deliveryProvisions,
  ],
  contributes: [
    ...webhookOperations,
    ...webhookContributions,
    ...customerScopes,
    interestInChanges,
    subscriptionsOfConnection,
  ],
  observers: [changesAnnounced, ...deliveryObservers],
  routes: [...webhookRoutes, ...deliveryRoutes, ...webhookPages],
  commands: webhookCommands,
  hooks: deliveryHooks,
});
