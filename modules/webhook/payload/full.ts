import type { HookEvent } from '../hook-event.ts';
import type { StoreCustomer } from './store-customer.ts';

/**
 * `data` with the customer as it is now: its fields beside `type` and `id`, or, where `id` is that of something else, a
 * customer of its own. What is gone by now says `deleted`.
 */
export function fullData(event: HookEvent, customer: StoreCustomer | undefined): Readonly<Record<string, unknown>> {
  const { data, customerId } = event;
  if (customerId === null) return data;
  const about =
    'address' in data ? 'address' : data.type === 'customer' && data.id === customerId ? 'customer' : 'other';
  if (about === 'customer') return customer ? { ...data, ...customer } : { ...data, deleted: true };
  if (about === 'other') return { ...data, customer: customer ?? { id: customerId, deleted: true } };
  const address = customer?.addresses.find(({ id }) => id === data.id);
  return {
    ...data,
    ...(address ? {} : { deleted: true }),
    address: address ?? data.address,
    customer: customer ?? { id: customerId, deleted: true },
  };
}
