import type { Visit } from '../../admin/index.ts';
import { type Connection, Connections } from '../../connection/index.ts';
import { Clock, Database, HttpError } from '../../framework/index.ts';
import { type Webhook, Webhooks } from '../webhook.ts';

/** What every page of a subscription asks. */
export const webhookServices = { database: Database, connections: Connections, webhooks: Webhooks, clock: Clock };

export interface WebhookServices {
  readonly database: Database;
  readonly connections: Connections;
  readonly webhooks: Webhooks;
  readonly clock: Clock;
}

/** A subscription and whom it tells. */
export interface HeldWebhook {
  readonly webhook: Webhook;
  /** Undefined for a receiver of no connection. */
  readonly connection: Connection | undefined;
}

const numberIn = (text: string | undefined): number => (/^\d{1,15}$/.test(text ?? '') ? Number(text) : 0);

/** The subscription that a page's address names. @throws HttpError 404 */
export async function askedWebhook(
  { params }: Pick<Visit, 'params'>,
  { database, webhooks, connections }: WebhookServices,
): Promise<HeldWebhook> {
  const webhook = await webhooks.find(database, numberIn(params.id));
  if (!webhook) throw new HttpError(404, 'NOT_FOUND', 'There is no such webhook; it may have been deleted.');
  const { connectionId } = webhook;
  const connection =
    connectionId === null ? undefined : (await connections.list(database)).find(({ id }) => id === connectionId);
  return { webhook, connection };
}

/** The delivery that a page's address names, as a number; 0 where it names none. */
export const askedDeliveryId = ({ params }: Pick<Visit, 'params'>): number => numberIn(params.delivery);
