import { createHash } from 'node:crypto';
import type { HookEvent } from '../hook-event.ts';

/**
 * The `hash` of a payload: BigCommerce's form, a SHA-1 in hex. All subscriptions get the same for the same event, and so
 * does every attempt and replay; two events differ by it, because receivers drop what they know (`distinct`).
 */
export const eventHash = ({ scope, data, customerId, atMs }: HookEvent, distinct: string): string =>
  createHash('sha1')
    .update(JSON.stringify([scope, data, customerId, atMs, distinct]))
    .digest('hex');
