import { Clock, type Command, command, Database, type Executor, sql, sqlTimestamp } from '../framework/index.ts';
import { Websites } from '../store/index.ts';
import { CustomerAttributes } from './attributes/attribute.ts';
import { type CustomerState, Customers } from './customer.ts';
import { CustomerError } from './customer-error.ts';
import { type CustomerDescription, describeCustomer, printDescription } from './description.ts';
import { CustomerGroups } from './group.ts';
import { Newsletter } from './newsletter.ts';
import { CustomerPanels } from './panel.ts';

/** `customer:show <id|email>`: the customer with attributes, addresses, group, state and what other rooms know. */
export const showCustomer: Command = command('customer:show', {
  describe: 'Show a customer as the store holds it',
  options: {
    customer: { type: 'string', describe: 'Entity id or e-mail address', required: true, position: 0 },
  },
  inject: {
    database: Database,
    clock: Clock,
    customers: Customers,
    attributes: CustomerAttributes,
    groups: CustomerGroups,
    newsletter: Newsletter,
    websites: Websites,
    panels: CustomerPanels,
  },
  run: async ({ customer: wanted }, { database, clock, panels, ...services }): Promise<CustomerDescription> => {
    const found = await find(database, services.customers, wanted);
    const [customer] = found;
    if (customer === undefined) {
      throw new CustomerError(
        'CUSTOMER_UNKNOWN',
        `There is no customer "${wanted}". Give the entity id or the e-mail address of one that exists.`,
      );
    }
    if (found.length > 1) {
      const ids = found.map(({ id, attributes }) => `${id} (website ${attributes.website_id})`);
      throw new CustomerError(
        'CUSTOMER_UNKNOWN',
        `Several customers have the e-mail address "${wanted}": ${ids.join(', ')}. Give the id of the one you mean.`,
      );
    }
    return describeCustomer({ ...services, panels }, database, customer, sqlTimestamp(clock.now()));
  },
  print: (description) => printDescription(description),
});

async function find(db: Executor, customers: Customers, wanted: string): Promise<readonly CustomerState[]> {
  if (/^\d{1,10}$/.test(wanted)) {
    const customer = await customers.byId(db, Number(wanted));
    return customer === undefined ? [] : [customer];
  }
  const { columns, hydrate } = await customers.selection(db);
  const rows = await db.all(
    sql`SELECT ${columns} FROM {customer_entity} c WHERE c.email = ${wanted} ORDER BY c.entity_id LIMIT 20`,
  );
  return rows.map(hydrate);
}
