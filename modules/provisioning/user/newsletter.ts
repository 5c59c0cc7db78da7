import type { MappedCustomer, MappedValue } from '../../attribute-mapping/index.ts';
import { type CustomerState, subscriberStatus } from '../../customer/index.ts';
import type { Transaction } from '../../framework/index.ts';
import type { Room } from '../room.ts';
import { newsletterTarget, type Values } from './row-value.ts';

export { newsletterTarget } from './row-value.ts';

/** A subscription that the provider asks for anew. */
export interface NewsletterChange {
  readonly subscribed: boolean;
  /** True where only somebody without any subscription is meant. */
  readonly ifNone: boolean;
}

/** What the provider says, as the shadow keeps it. */
export const newsletterSaid = ({ newsletter }: MappedCustomer): MappedValue =>
  newsletter === undefined || newsletter === null ? null : Number(newsletter);

/** True where the store has changed a subscription: nothing said is as good as "no". */
export const hasTurned = (value: MappedValue, shadow: Values): boolean =>
  value !== null && value !== Number(shadow[newsletterTarget] ?? 0);

/** What decides on a subscription besides what is said now. */
export interface Subscribing {
  /** What was said before. */
  readonly before: MappedValue;
  /** Where the mapping tells subscriptions: whether there is one. */
  readonly subscribed: boolean | undefined;
  /** True where taking away what a read showed is a wish of its own, as in a PATCH. */
  readonly removes: boolean;
}

/**
 * What becomes of the subscription: only what the provider says anew counts, and never the state it finds. People
 * unsubscribe themselves, and a provider that repeats what it said before must not undo that. Who sends back what a read
 * showed says nothing anew: it is so already.
 */
export function newsletterChange(
  mapped: MappedCustomer,
  { before, subscribed, removes }: Subscribing,
): NewsletterChange | undefined {
  if (mapped.newsletter === undefined) return undefined;
  const rule = mapped.rules?.get(newsletterTarget);
  const said = newsletterSaid(mapped);
  const takenAway = removes && subscribed === true && said !== 1;
  if (rule?.apply === 'create' || (said === before && !takenAway) || subscribed === (said === 1)) return undefined;
  const ifNone = rule?.apply === 'if-empty';
  if (said !== null) return { subscribed: said === 1, ifNone };
  return (before === 1 || takenAway) && rule?.onNull !== 'keep' ? { subscribed: false, ifNone } : undefined;
}

/** Subscribes or unsubscribes, as Magento does, and answers the customer as it is then. */
export async function saveNewsletter(
  { newsletter }: Room,
  tx: Transaction,
  customer: CustomerState,
  change: NewsletterChange | undefined,
  now: Date,
): Promise<CustomerState> {
  if (!change) return customer;
  if (change.ifNone && (await newsletter.status(tx, customer)) !== undefined) return customer;
  if (change.subscribed)
    return withStatus(customer, (await newsletter.subscribe(tx, customer, now)) === subscriberStatus.subscribed);
  await newsletter.unsubscribe(tx, customer, now);
  return withStatus(customer, false);
}

/** A state that tells of the subscription goes on doing so. */
export const withStatus = (customer: CustomerState, subscribed: boolean): CustomerState =>
  customer.subscribed === undefined || customer.subscribed === subscribed ? customer : { ...customer, subscribed };
