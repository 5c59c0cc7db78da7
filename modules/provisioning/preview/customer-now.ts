import type { ConnectionMapping } from '../../attribute-mapping/index.ts';
import type { Connection } from '../../connection/index.ts';
import type { CustomerState, Customers } from '../../customer/index.ts';
import type { Executor } from '../../framework/index.ts';

/** The customer as it is, with its default addresses, if it is one of the connection's website: nobody is told of another's. */
export async function customerNow(
  db: Executor,
  customers: Customers,
  { websiteId }: Connection,
  { tellsSubscription }: Pick<ConnectionMapping, 'tellsSubscription'>,
  id: number,
): Promise<CustomerState | undefined> {
  const lean = await customers.byId(db, id, { subscription: tellsSubscription });
  if (lean?.attributes.website_id !== websiteId) return undefined;
  return lean.addresses.length > 0 ? lean : customers.withDefaultAddresses(db, lean);
}
