import type { Clock, Database, Outgoing } from '../../../framework/index.ts';
import type { HookEvent } from '../../hook-event.ts';
import type { Payloads } from '../../payload/payloads.ts';
import type { WebhookSecurity } from '../../settings.ts';
import { filledDestination } from '../../subscription/placeholder.ts';
import type { Webhook, WebhookSecrets, Webhooks } from '../../webhook.ts';
import type { ClaimedDelivery } from '../lane/claim.ts';
import { customerOf } from '../lane/lane.ts';
import type { DeliverySettings } from '../settings.ts';
import { keptOfAnswer } from './answer-text.ts';
import { type SignedRequest, signedRequest } from './request.ts';
import { type Attempt, verdictOf, verdictOfError } from './verdict.ts';

/** A subscription with what requests to it need, read for some seconds. */
export interface Endpoint {
  readonly webhook: Webhook;
  readonly secrets: WebhookSecrets;
}

/** What is sent: an event with the id under which it goes out each time. */
export type Message = HookEvent & { readonly hash: string; readonly messageId: string };

export interface Sender {
  /** Undefined where the subscription is gone. @throws EncryptionError */
  endpoint(webhookId: number): Promise<Endpoint | undefined>;
  prepare(endpoint: Endpoint, message: Message): Promise<SignedRequest>;
  /** Never throws: what goes wrong is what came of the attempt. */
  send(request: SignedRequest, signal?: AbortSignal): Promise<Attempt>;
}

export function createSender(room: {
  readonly database: Database;
  readonly webhooks: Webhooks;
  readonly payloads: Payloads;
  readonly outgoing: Outgoing;
  readonly security: WebhookSecurity;
  readonly settings: DeliverySettings;
  readonly clock: Clock;
}): Sender {
  const { database, webhooks, payloads, outgoing, security, settings, clock } = room;
  return {
    async endpoint(webhookId) {
      const webhook = await webhooks.find(database, webhookId);
      return webhook && { webhook, secrets: await webhooks.secretsOf(database, webhookId) };
    },
    async prepare({ webhook, secrets }, message) {
      const body = await payloads.of(database, webhook, message);
      const url = filledDestination(webhook, message);
      return signedRequest({ id: message.messageId, url, body, nowMs: clock.now().getTime() }, secrets);
    },
    async send({ url, headers, body }, signal) {
      const began = performance.now();
      const took = () => Math.round(performance.now() - began);
      try {
        const answer = await outgoing.send({
          ...{ method: 'POST', url, headers, body, anyAnswer: true, mostBytes: keptOfAnswer },
          authorization: Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1],
          allowed: await security.get('allowed_hosts'),
          withinMs: 1_000 * (await settings.get('timeout')),
          ...(signal ? { signal } : {}),
        });
        return verdictOf(answer, took(), clock.now().getTime());
      } catch (error) {
        return verdictOfError(error, took());
      }
    },
  };
}

/** The event of a delivery, as it was announced. */
export function messageOf(delivery: ClaimedDelivery): Message {
  const { messageId, scope, data, lane, websiteId, hash, createdMs } = delivery;
  const parsed = JSON.parse(data) as HookEvent['data'];
  return {
    messageId,
    scope,
    data: parsed,
    customerId: customerOf(lane),
    websiteId,
    hash,
    atMs: createdMs,
    cause: null,
  };
}
