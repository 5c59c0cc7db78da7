import { Connections } from '../../connection/index.ts';
import { Clock, command, Database } from '../../framework/index.ts';
import { Websites } from '../../store/index.ts';
import { interestGoodForMs } from '../event/interest.ts';
import { type PayloadForm, payloadForms, Webhooks } from '../webhook.ts';
import { actor, connectionIdOf, headersFrom, websiteIdOf } from './given.ts';
import { pageOf, secretLines, shownWebhook } from './shown.ts';

const noticed = `Servers that are running notice it within ${interestGoodForMs / 1000} seconds.`;

/** `webhook:create`: a new subscription, and the secret that its deliveries are signed with. */
export const createCommand = command('webhook:create', {
  describe:
    'Tell a receiver of what happens in the store, and print its signing secret (the secret is shown only here)',
  options: {
    scope: { type: 'string', describe: "What is told, such as 'store/customer/*'", required: true },
    destination: { type: 'string', describe: 'Where it is sent: an https URL', required: true },
    header: { type: 'string', describe: "A header that goes along, 'name: value'; may be repeated", many: true },
    connection: { type: 'string', describe: 'Code of the connection whose identity provider is told' },
    website: { type: 'string', describe: 'Code of the only website whose customers are told of' },
    payload: { type: 'string', describe: 'Ids alone, or the whole customer', choices: payloadForms, default: 'light' },
    name: { type: 'string', describe: 'Name that administrators see' },
    fillPlaceholders: { type: 'boolean', describe: 'Fill {customerId} and the like in the destination' },
    inactive: { type: 'boolean', describe: 'Send nothing until it is switched on' },
  },
  inject: { database: Database, webhooks: Webhooks, connections: Connections, websites: Websites, clock: Clock },
  async run(given, { database, webhooks, connections, websites, clock }) {
    const websiteId = given.website === undefined ? undefined : await websiteIdOf(websites, given.website);
    const headers = headersFrom(given.header);
    const { webhook, secret } = await database.transaction(async (tx) =>
      webhooks.create(
        tx,
        {
          scope: given.scope,
          destination: given.destination,
          name: given.name,
          headers,
          websiteId,
          connectionId:
            given.connection === undefined ? undefined : await connectionIdOf(tx, connections, given.connection),
          fillsPlaceholders: given.fillPlaceholders === true,
          payload: given.payload as PayloadForm,
          active: given.inactive !== true,
        },
        clock.now(),
        actor,
      ),
    );
    const shown = shownWebhook(webhook, await connections.list(database), await websites.websites());
    // Until then a server that is running may still know that nobody listens.
    const listensFrom = webhook.active ? new Date(clock.now().getTime() + interestGoodForMs).toISOString() : null;
    return { ...shown, listensFrom, secret };
  },
  print: ({ secret, listensFrom, ...shown }) =>
    [pageOf(shown), ...(listensFrom === null ? [] : [noticed]), ...secretLines(secret)].join('\n'),
});
