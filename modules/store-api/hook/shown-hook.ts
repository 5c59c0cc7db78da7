import type { Webhook } from '../../webhook/index.ts';

/** Stands for the value of a header: these are secrets of the receiver. Sent back, it leaves the value as it is. */
export const maskedValue = '********';

/** A webhook as BigCommerce shows one. */
export interface StoreHook {
  readonly id: number;
  readonly client_id: string;
  readonly store_hash: string;
  readonly scope: string;
  readonly destination: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly is_active: boolean;
  readonly events_history_enabled: boolean;
  /** Seconds. */
  readonly created_at: number;
  readonly updated_at: number;
}

export const shownHook = (webhook: Webhook, clientId: string, hash: string): StoreHook => ({
  id: webhook.id,
  client_id: clientId,
  store_hash: hash,
  scope: webhook.scope,
  destination: webhook.destination,
  headers: Object.fromEntries(webhook.headerNames.map((name) => [name, maskedValue])),
  is_active: webhook.active,
  events_history_enabled: true,
  created_at: Math.floor(webhook.createdMs / 1000),
  updated_at: Math.floor(webhook.updatedMs / 1000),
});
