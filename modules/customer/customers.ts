import { sql } from '../framework/index.ts';
import {
  readAddresses,
  readAddressesOf,
  readDefaultAddresses,
  removeCustomerAddress,
  saveCustomerAddress,
} from './address-change.ts';
import { anonymiseCustomer } from './anonymisation.ts';
import { changeCustomer } from './change.ts';
import { createCustomer } from './creation.ts';
import type { Customers } from './customer.ts';
import { CustomerError } from './customer-error.ts';
import { deleteCustomer } from './deletion.ts';
import { placeholderEmail, sharedGlobally } from './email.ts';
import { customersByEmails, customersByIds } from './many.ts';
import type { Writing } from './writing.ts';

/** The service behind the token `Customers`. */
export function makeCustomers(writing: Writing): Customers {
  const ready: Customers['ready'] = async (database) => {
    await writing.metadata.get(database);
    await writing.websites.websites();
    await writing.accountShare.get('scope');
  };

  const selection: Customers['selection'] = async (db) => (await writing.metadata.get(db)).selection;

  const byId: Customers['byId'] = async (db, id, options) => {
    const whole = await selection(db);
    const { columns, hydrate } = options?.subscription === true ? whole.withSubscription : whole;
    const row = await db.first(
      options?.forUpdate === true
        ? sql`SELECT ${columns} FROM {customer_entity} c WHERE c.entity_id = ${id} ${db.dialect.forUpdate}`
        : sql`SELECT ${columns} FROM {customer_entity} c WHERE c.entity_id = ${id}`,
    );
    return row === undefined ? undefined : hydrate(row);
  };

  return {
    ready,
    selection,
    byId,
    byIds: async (db, ids, options) => customersByIds(db, await selection(db), ids, options),
    byEmails: async (db, websiteId, emails, options) =>
      customersByEmails(
        db,
        await selection(db),
        (await sharedGlobally(writing)) ? undefined : websiteId,
        emails,
        options,
      ),
    findByEmail: async (db, websiteId, email, options) => {
      const { columns, hydrate } = await selection(db);
      const lock = options?.forUpdate === true ? db.dialect.forUpdate : sql``;
      const row = await db.first(
        (await sharedGlobally(writing))
          ? sql`SELECT ${columns} FROM {customer_entity} c WHERE c.email = ${email} ORDER BY c.entity_id LIMIT 1 ${lock}`
          : sql`SELECT ${columns} FROM {customer_entity} c
              WHERE c.email = ${email} AND c.website_id = ${websiteId} ${lock}`,
      );
      return row === undefined ? undefined : hydrate(row);
    },
    withDefaultAddresses: readDefaultAddresses,
    addresses: readAddresses,
    addressesOf: readAddressesOf,
    create: async (tx, draft, now) => (await createCustomer(writing, tx, draft, now)).id,
    createState: (tx, draft, now) => createCustomer(writing, tx, draft, now),
    update: (tx, current, changes, now) => changeCustomer(writing, tx, current, changes, now),
    saveAddress: (tx, current, address, now) => saveCustomerAddress(writing, tx, current, address, now),
    removeAddress: (tx, current, addressId, now) => removeCustomerAddress(writing, tx, current, addressId, now),
    delete: (tx, current, now) => deleteCustomer(writing, tx, current, now),
    anonymise: (tx, current, now) => anonymiseCustomer(writing, tx, current, now),
    moveEmailAside: async (tx, id, now) => {
      const current = await byId(tx, id, { forUpdate: true });
      if (current === undefined) {
        throw new CustomerError('CUSTOMER_UNKNOWN', `There is no customer ${id} whose e-mail could be moved aside.`);
      }
      const email = placeholderEmail(id);
      await changeCustomer(writing, tx, current, { email }, now);
      return email;
    },
  };
}
