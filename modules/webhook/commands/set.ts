import { Connections } from '../../connection/index.ts';
import { Clock, command, Database, UsageError } from '../../framework/index.ts';
import { Websites } from '../../store/index.ts';
import { mergedHeaders } from '../subscription/merged-headers.ts';
import { type PayloadForm, payloadForms, Webhooks } from '../webhook.ts';
import { actor, headersFrom, websiteIdOf } from './given.ts';
import { pageOf, shownWebhook } from './shown.ts';

const onOff = (describe: string) => ({ type: 'string', describe, choices: ['on', 'off'] }) as const;
const isOn = (given: string | undefined): boolean | undefined => (given === undefined ? undefined : given === 'on');

/** `webhook:set`: what is given and nothing else. */
export const setCommand = command('webhook:set', {
  describe: 'Change a webhook, or switch it on or off; switching it on forgets its failures',
  options: {
    id: { type: 'number', describe: 'Number of the webhook', required: true, position: 0 },
    scope: { type: 'string', describe: "What is told, such as 'store/customer/*'" },
    destination: { type: 'string', describe: 'Where it is sent: an https URL' },
    header: { type: 'string', describe: "A header to add or change, 'name: value'; may be repeated", many: true },
    removeHeader: { type: 'string', describe: 'Name of a header to remove; may be repeated', many: true },
    website: { type: 'string', describe: 'Code of the only website whose customers are told of, or all' },
    payload: { type: 'string', describe: 'Ids alone, or the whole customer', choices: payloadForms },
    name: { type: 'string', describe: 'Name that administrators see' },
    fillPlaceholders: onOff('Fill {customerId} and the like in the destination'),
    active: onOff('Whether anything is sent'),
  },
  inject: { database: Database, webhooks: Webhooks, connections: Connections, websites: Websites, clock: Clock },
  async run({ id, ...given }, { database, webhooks, connections, websites, clock }) {
    if (Object.values(given).every((value) => value === undefined))
      throw new UsageError('Say what to change, such as --active off or --destination <url>; --help lists it all.');
    const headers = {
      ...Object.fromEntries((given.removeHeader ?? []).map((name) => [name, null])),
      ...headersFrom(given.header),
    };
    const { website } = given;
    const websiteId =
      website === undefined ? undefined : website === 'all' ? null : await websiteIdOf(websites, website);
    const webhook = await database.transaction(async (tx) =>
      webhooks.change(
        tx,
        id,
        {
          scope: given.scope,
          destination: given.destination,
          headers: Object.keys(headers).length === 0 ? undefined : await mergedHeaders(webhooks, tx, id, headers),
          websiteId,
          payload: given.payload as PayloadForm | undefined,
          name: given.name,
          fillsPlaceholders: isOn(given.fillPlaceholders),
          active: isOn(given.active),
        },
        clock.now(),
        actor,
      ),
    );
    return shownWebhook(webhook, await connections.list(database), await websites.websites());
  },
  print: (shown) => pageOf(shown),
});
