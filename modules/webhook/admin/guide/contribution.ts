import { type Connection, type GuidePart, GuideParts, nothingKnown, SetupFacts } from '../../../connection/index.ts';
import { Clock, contribute, type Executor } from '../../../framework/index.ts';
import { Deliveries } from '../../delivery/deliveries.ts';
import { type Webhook, Webhooks } from '../../webhook.ts';
import { everyCustomerEvent, miniOrangeFields } from '../form/fields.ts';
import { stateOf, stateWords } from '../state.tsx';
import { delivered, miniOrangeSteps, subscribed, webhookTroubles } from './steps.ts';

const services = { webhooks: Webhooks, deliveries: Deliveries };

/** The host of an address; its path may hold what is nobody's business. */
const hostOf = (destination: string): string =>
  URL.canParse(destination) ? new URL(destination).host : destination.slice(0, 60);

const toMiniOrange = ({ destination }: Webhook): boolean =>
  hostOf(destination) === hostOf(miniOrangeFields.destination);

/** The id of the way in which webhooks are set up. */
const webhookWay = 'webhooks';

/** The way back in miniOrange's guide: what happens in the store reaches it. */
export const webhookGuidePart = ({
  webhooks,
  deliveries,
}: {
  webhooks: Webhooks;
  deliveries: Deliveries;
}): GuidePart => ({
  ways: (profile) =>
    profile === 'miniorange' ? [{ id: webhookWay, label: 'Webhooks: store → miniOrange', steps: miniOrangeSteps }] : [],
  troubles: (profile) => (profile === 'miniorange' ? webhookTroubles : []),
  async know(db: Executor, connection: Connection, asked) {
    if (asked !== webhookWay) return nothingKnown;
    const held = await webhooks.list(db, connection.id);
    const latest = await deliveries.latest(
      db,
      held.map(({ id }) => id),
    );
    const own = held.find(toMiniOrange);
    const arrived = [...latest.values()].some(({ state }) => state === 'delivered');
    return {
      values: {
        'webhook.scope': own?.scope ?? everyCustomerEvent,
        'webhook.destination': own?.destination ?? miniOrangeFields.destination,
      },
      milestones: [...(held.length > 0 ? [subscribed] : []), ...(arrived ? [delivered] : [])],
      way: undefined,
    };
  },
});

export const webhookGuide = contribute(GuideParts, services, webhookGuidePart);

/** What an identity administrator is told of webhooks when a set-up is finished. */
export const webhookFacts = contribute(SetupFacts, { webhooks: Webhooks, clock: Clock }, ({ webhooks, clock }) => ({
  async of(db, connection) {
    const nowMs = clock.now().getTime();
    const held = await webhooks.list(db, connection.id);
    return held.map((webhook) => [
      'Webhook',
      `${webhook.scope} to ${hostOf(webhook.destination)}: ${stateWords[stateOf(webhook, nowMs)].toLowerCase()}`,
    ]);
  },
}));
