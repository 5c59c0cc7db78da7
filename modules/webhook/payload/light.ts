import { storeHash } from '../../connection/index.ts';
import type { HookEvent } from '../hook-event.ts';
import type { Webhook } from '../webhook.ts';

/** An event as it is sent, with the hash that it got when it happened. */
export type SentEvent = HookEvent & { readonly hash: string };

/** BigCommerce's callback, in its order. */
export interface Callback {
  readonly scope: string;
  /** The website, as text; `0` for what belongs to none. */
  readonly store_id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly hash: string;
  /** Seconds of the epoch. */
  readonly created_at: number;
  readonly producer: string;
}

/** What is told of an event: `data` as it happened, or more of it. */
export const callbackOf = (
  webhook: Pick<Webhook, 'connectionId' | 'websiteId'>,
  event: SentEvent,
  data: Callback['data'] = event.data,
): Callback => ({
  scope: event.scope,
  store_id: String(event.websiteId ?? webhook.websiteId ?? 0),
  data,
  hash: event.hash,
  created_at: Math.floor(event.atMs / 1000),
  producer: `stores/${storeHash(webhook.connectionId)}`,
});
