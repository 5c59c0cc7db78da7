import { action, confirmation, page, redirect } from '../../../admin/index.ts';
import { administered, modifiedIn } from '../administered.ts';
import { addressLines } from './lines.ts';
import { addressed, addressServices } from './page.tsx';

const path = '/admin/customers/:id/addresses/:address/delete';
const access = { acl: 'customer::edit', inject: addressServices } as const;

/** Asks before an address goes. */
const ask = page(path, {
  ...access,
  async view(visit, { customers }) {
    const { address, href } = await addressed(visit, customers);
    const uses = [address?.defaultBilling && 'billing', address?.defaultShipping && 'shipping'].filter(Boolean);
    return confirmation({
      title: 'Delete this address?',
      action: `${href}/addresses/${address?.id}/delete`,
      confirm: 'Delete Address',
      back: href,
      children: (
        <>
          <address>
            {addressLines(address?.attributes ?? {}).map((line) => (
              <span key={line}>{line}</span>
            ))}
          </address>
          <p>
            Orders keep the address that they were placed with.
            {uses.length > 0 && ` The customer has no default ${uses.join(' and ')} address then.`}
          </p>
        </>
      ),
    });
  },
});

const remove = action(path, {
  ...access,
  async perform(visit, { database, customers, clock, events }) {
    await customers.ready(database);
    const { customer, address, href } = await addressed(visit, customers);
    if (!address) return redirect(href as '/');
    await database.transaction(async (tx) => {
      const current = await customers.byId(tx, customer.id, { forUpdate: true });
      if (!current) return;
      const after = await customers.removeAddress(tx, current, address.id, clock.now());
      const codes = Object.keys(address.attributes).filter((code) => !code.endsWith('_at'));
      const modified = [
        ...modifiedIn(address.attributes, {}, codes, `address ${address.id} `),
        ...modifiedIn(current.attributes, after.attributes, ['default_billing', 'default_shipping']),
      ];
      await administered(events, tx, visit, { act: 'delete-address', customer: current, modified });
    });
    return redirect(href as '/', { done: 'The address was deleted.' });
  },
});

export const addressRemoval = [ask, remove];
