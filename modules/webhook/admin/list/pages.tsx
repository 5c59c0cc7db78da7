import { page } from '../../../admin/index.ts';
import { askedConnection } from '../../../connection/index.ts';
import { Deliveries } from '../../delivery/deliveries.ts';
import { HeldDeliveries } from '../../delivery/held/held-deliveries.ts';
import { HookCatalogue } from '../../scope/catalogue.ts';
import { webhookServices } from '../asked-webhook.ts';
import { allPath } from '../places.ts';
import { listScreen } from './list.tsx';

const inject = { ...webhookServices, deliveries: Deliveries, held: HeldDeliveries, catalogue: HookCatalogue };

/** The tab Webhooks of a connection. */
export const connectionWebhooksPage = page('/admin/connections/:code/webhooks', {
  acl: 'webhook::view',
  tab: { of: 'connection', label: 'Webhooks', sortOrder: 50 },
  inject,
  async view(visit, given) {
    const connection = await askedConnection(visit, given.connections, given.database);
    return listScreen(visit, given, { connection, title: connection.name });
  },
});

/** All subscriptions, those of no connection among them, which are made here. */
export const webhooksPage = page(allPath, {
  acl: 'webhook::view',
  menu: { label: 'Webhooks', under: 'Connections', sortOrder: 25, icon: 'plug' },
  inject,
  view: (visit, given) =>
    listScreen(visit, given, {
      title: 'Webhooks',
      lead: 'Who is told what happens in the store, for all connections. One that is added here belongs to none of them.',
    }),
});
