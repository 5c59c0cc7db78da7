import { action, confirmation, page, redirect } from '../../admin/index.ts';
import { Clock, Database, Events, HttpError } from '../../framework/index.ts';
import { Customers } from '../customer.ts';
import { Sessions } from '../session.ts';
import { nameOfActing } from './administered.ts';
import { customerId, fullName, ownerOf } from './customer.tsx';
import { CustomerOwners } from './extension-points.ts';
import { changeStanding } from './standing-change.ts';

const verbs = ['deactivate', 'activate'] as const;
type Verb = (typeof verbs)[number];

const consequences: Readonly<Record<Verb, string>> = {
  deactivate: 'The customer can no longer log in, and what they are logged in with ends at once. Orders and data stay.',
  activate: 'The customer can log in again.',
};
const done: Readonly<Record<Verb, string>> = {
  deactivate: 'The customer was deactivated.',
  activate: 'The customer was activated.',
};

const unknown = () => new HttpError(404, 'CUSTOMER_UNKNOWN', 'There is no such customer.');

/** Asks, and says who may set it otherwise. */
const askOf = (verb: Verb) =>
  page(`/admin/customers/:id/${verb}`, {
    acl: 'customer::lock',
    inject: { database: Database, customers: Customers, owners: CustomerOwners },
    async view(visit, { database, customers, owners }) {
      const customer = await customers.byId(database, customerId(visit.params.id));
      if (!customer) throw unknown();
      const owner = await ownerOf(owners, database, customer.id);
      const href = `/admin/customers/${customer.id}`;
      return confirmation({
        title: `${verb === 'activate' ? 'Activate' : 'Deactivate'} ${fullName(customer) || `customer ${customer.id}`}?`,
        action: `${href}/${verb}`,
        confirm: verb === 'activate' ? 'Activate' : 'Deactivate',
        back: href,
        children: (
          <>
            <p>{consequences[verb]}</p>
            {owner && (
              <p>
                {owner.name} manages this customer: when the identity provider says next whether the user is active,
                that counts again. Change it there to make it last.
              </p>
            )}
          </>
        ),
      });
    },
  });

const doOf = (verb: Verb) =>
  action(`/admin/customers/:id/${verb}`, {
    acl: 'customer::lock',
    inject: { database: Database, clock: Clock, customers: Customers, sessions: Sessions, events: Events },
    async perform(visit, { database, clock, customers, sessions, events }) {
      const id = customerId(visit.params.id);
      const now = clock.now();
      await customers.ready(database);
      const changed = await database.transaction(async (tx) => {
        const customer = await customers.byId(tx, id, { forUpdate: true });
        if (!customer) throw unknown();
        const by = nameOfActing(visit);
        return changeStanding(tx, { customers, sessions, events }, customer, { active: verb === 'activate', by, now });
      });
      return redirect(
        `/admin/customers/${id}`,
        changed ? { done: done[verb] } : { note: `Nothing was to be done: the customer is ${verb}d already.` },
      );
    },
  });

export const standingPages = [...verbs.map(askOf), ...verbs.map(doOf)];
