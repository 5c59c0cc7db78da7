import type { Connection } from '../../connection/index.ts';
import type { Webhook } from '../webhook.ts';

type Path = `/${string}`;

/** Every subscription, those of connections and those of none. */
export const allPath = '/admin/webhooks';

/** Where it is decided what becomes of deliveries that waited in a backup. */
export const heldPath = '/admin/webhooks/held';

export const webhookPath = ({ id }: Pick<Webhook, 'id'>, act = ''): Path => `${allPath}/${id}${act && `/${act}`}`;

export const deliveryPath = (delivery: { readonly webhookId: number; readonly id: number }, act = ''): Path =>
  webhookPath({ id: delivery.webhookId }, `deliveries/${delivery.id}${act && `/${act}`}`);

/** The list that a subscription stands in: the tab of its connection, or the page of all. */
export const listPath = (connection: Pick<Connection, 'code'> | undefined): Path =>
  connection ? `/admin/connections/${connection.code}/webhooks` : allPath;

/** Where subscriptions are made, for a connection and with somebody's values filled in. */
export const newPath = (connection: Pick<Connection, 'code'> | undefined, preset?: string): Path => {
  const query = new URLSearchParams({
    ...(connection ? { connection: connection.code } : {}),
    ...(preset === undefined ? {} : { preset }),
  }).toString();
  return `${allPath}/new${query && `?${query}`}`;
};

/** What is too long for a line of a list. */
export const shortened = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

/** What a subscription is called: its scope, where nobody gave it a name. */
export const nameOf = ({ name, scope }: Pick<Webhook, 'name' | 'scope'>): string => (name === '' ? scope : name);

/** Its name in headings and links of other pages. */
export const shortNameOf = (webhook: Pick<Webhook, 'name' | 'scope'>): string => shortened(nameOf(webhook), 60);
