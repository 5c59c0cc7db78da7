import { action, confirmation, page, redirect } from '../../admin/index.ts';
import { Clock, Database, Events, HttpError, type Transaction } from '../../framework/index.ts';
import { type CustomerState, Customers } from '../customer.ts';
import { type Acting, administered, modifiedIn } from './administered.ts';
import { customerId, fullName, ownerOf } from './customer.tsx';
import { CustomerOwners } from './extension-points.ts';

const path = '/admin/customers/:id/delete';
const unknown = () => new HttpError(404, 'CUSTOMER_UNKNOWN', 'There is no such customer.');

/** Asks before a customer goes for good, and says what stays. */
const ask = page(path, {
  acl: 'customer::delete',
  inject: { customers: Customers, owners: CustomerOwners },
  async view(visit, { customers, owners }) {
    const customer = await customers.byId(visit.database, customerId(visit.params.id));
    if (!customer) throw unknown();
    const owner = await ownerOf(owners, visit.database, customer.id);
    const href = `/admin/customers/${customer.id}`;
    return confirmation({
      title: `Delete ${fullName(customer) || `customer ${customer.id}`}?`,
      action: `${href}/delete`,
      confirm: 'Delete Customer',
      back: href,
      children: (
        <>
          <p>
            The account goes for good, with its addresses, its subscription and whatever it is logged in with. This
            can't be undone.
          </p>
          <p>
            Orders stay, with the name and the addresses they were placed with; they lead to no customer any more.
            Deactivating keeps everything and locks the customer out.
          </p>
          {owner && (
            <p>
              {owner.name} manages this customer. Remove the person there first: otherwise the identity provider finds
              nobody at its next change and may make them anew, as another customer.
            </p>
          )}
        </>
      ),
    });
  },
});

/** What a record says of a customer that is gone. */
const told = ['email', 'firstname', 'lastname', 'group_id', 'website_id'];

/** Deletes a customer, whose row is held, and tells what it was. */
export async function removeCustomer(
  tx: Transaction,
  { customers, events }: { readonly customers: Customers; readonly events: Events },
  customer: CustomerState,
  { acting, now }: { readonly acting: Acting; readonly now: Date },
): Promise<void> {
  const modified = modifiedIn(customer.attributes, {}, told);
  await administered(events, tx, acting, { act: 'delete', customer, modified });
  await customers.delete(tx, customer, now);
}

const remove = action(path, {
  acl: 'customer::delete',
  fresh: true,
  inject: { database: Database, clock: Clock, customers: Customers, events: Events },
  async perform(visit, { database, clock, customers, events }) {
    const id = customerId(visit.params.id);
    await customers.ready(database);
    const name = await database.transaction(async (tx) => {
      const customer = await customers.byId(tx, id, { forUpdate: true });
      if (!customer) throw unknown();
      await removeCustomer(tx, { customers, events }, customer, { acting: visit, now: clock.now() });
      return fullName(customer) || `Customer ${id}`;
    });
    return redirect('/admin/customers', { done: `${name} was deleted.` });
  },
});

export const customerRemoval = [ask, remove];
