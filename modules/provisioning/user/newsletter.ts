import type { MappedCustomer, MappedValue } from '../../attribute-mapping/index.ts';
import type { CustomerState } from '../../customer/index.ts';
import type { Transaction } from '../../framework/index.ts';
import type { Room } from '../room.ts';

/** The target of a subscription, which stands beside the customer's row. */
export const newsletterTarget = 'newsletter';

/** A subscription that the provider asks for anew. */
export interface NewsletterChange {
  readonly subscribed: boolean;
  /** True where only somebody without any subscription is meant. */
  readonly ifNone: boolean;
}

/** What the provider says, as the shadow keeps it. */
export const newsletterSaid = ({ newsletter }: MappedCustomer): MappedValue =>
  newsletter === undefined || newsletter === null ? null : Number(newsletter);

/**
 * What becomes of the subscription: only what the provider says anew counts, and never the state it finds. People
 * unsubscribe themselves, and a provider that repeats what it said before must not undo that.
 */
export function newsletterChange(mapped: MappedCustomer, before: MappedValue): NewsletterChange | undefined {
  if (mapped.newsletter === undefined) return undefined;
  const rule = mapped.rules?.get(newsletterTarget);
  const said = newsletterSaid(mapped);
  if (said === before || rule?.apply === 'create') return undefined;
  const ifNone = rule?.apply === 'if-empty';
  if (said !== null) return { subscribed: said === 1, ifNone };
  return before === 1 && rule?.onNull !== 'keep' ? { subscribed: false, ifNone } : undefined;
}

/** Subscribes or unsubscribes, as Magento does. */
export async function saveNewsletter(
  { newsletter }: Room,
  tx: Transaction,
  customer: CustomerState,
  change: NewsletterChange | undefined,
  now: Date,
): Promise<void> {
  if (!change) return;
  if (change.ifNone && (await newsletter.status(tx, customer)) !== undefined) return;
  if (change.subscribed) await newsletter.subscribe(tx, customer, now);
  else await newsletter.unsubscribe(tx, customer, now);
}
