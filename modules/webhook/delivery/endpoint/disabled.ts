import { type Event, event } from '../../../framework/index.ts';
import type { Webhook } from '../../webhook.ts';

/**
 * A subscription was switched off by itself: its receiver failed for five days, or wants nothing any more. Emitted in the
 * transaction that switches it off; what waits for it stays, and goes out when it is switched on again.
 */
export const WebhookDisabled: Event<{ readonly webhook: Webhook; readonly because: string; readonly at: Date }> =
  event('webhook.WebhookDisabled');
