import { type ServiceToken, service, type Transaction } from '../../framework/index.ts';
import type { HookEvent } from '../hook-event.ts';

/** An event and whom it goes to. */
export interface Enqueued {
  readonly event: HookEvent;
  /** The payload's `hash`. */
  readonly hash: string;
  readonly webhookIds: readonly number[];
}

/** Where events wait for their delivery. */
export interface DeliveryQueue {
  /** In the transaction of what happened; nothing is read, and nothing waited for. */
  enqueue(tx: Transaction, nowMs: number, items: readonly Enqueued[]): Promise<void>;
}
export const DeliveryQueue: ServiceToken<DeliveryQueue> = service<DeliveryQueue>('webhook.DeliveryQueue');
