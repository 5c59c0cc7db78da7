import { Connections } from '../../connection/index.ts';
import { command, Database } from '../../framework/index.ts';
import { Websites } from '../../store/index.ts';
import { Webhooks } from '../webhook.ts';
import { unknownWebhook } from '../webhook-error.ts';
import { connectionIdOf } from './given.ts';
import { linesOf, pageOf, shownWebhook } from './shown.ts';

/** `webhook:list`: who is told of what, and what to look after. */
export const listCommand = command('webhook:list', {
  describe: 'List the webhooks with what should be looked after',
  options: { connection: { type: 'string', describe: 'Only those of the connection with this code' } },
  inject: { database: Database, webhooks: Webhooks, connections: Connections, websites: Websites },
  async run(given, { database, webhooks, connections, websites }) {
    const whose =
      given.connection === undefined ? undefined : await connectionIdOf(database, connections, given.connection);
    const [all, sites] = [await connections.list(database), await websites.websites()];
    return (await webhooks.list(database, whose)).map((webhook) => shownWebhook(webhook, all, sites));
  },
  print: (all) =>
    all.length === 0 ? 'There is no webhook yet; webhook:create makes one.' : all.flatMap(linesOf).join('\n'),
});

/** `webhook:show`: all of one. */
export const showCommand = command('webhook:show', {
  describe: 'Show a webhook: what it is told, where, how it does, and what should be looked after',
  options: { id: { type: 'number', describe: 'Number of the webhook', required: true, position: 0 } },
  inject: { database: Database, webhooks: Webhooks, connections: Connections, websites: Websites },
  async run({ id }, { database, webhooks, connections, websites }) {
    const webhook = await webhooks.find(database, id);
    if (!webhook) throw unknownWebhook(id);
    return shownWebhook(webhook, await connections.list(database), await websites.websites());
  },
  print: (shown) => pageOf(shown),
});
