import { action, type Redirect, redirect, type Visit } from '../../../admin/index.ts';
import { CustomerError } from '../../../customer/index.ts';
import { Clock, Database, type Resolved, type Route, type Transaction } from '../../../framework/index.ts';
import { ProtectedCustomers } from '../../protection/protected-customers.ts';
import { protectionPath } from './paths.ts';

const access = { acl: 'provisioning::protect' } as const;
const inject = { database: Database, protection: ProtectedCustomers, clock: Clock };

interface Act {
  readonly tx: Transaction;
  readonly protection: ProtectedCustomers;
  readonly by: string;
  readonly now: Date;
}

/** Does it in one transaction with its record, and leads back to `page` with what was done or why not. */
async function told(
  visit: Visit,
  { database, protection, clock }: Resolved<typeof inject>,
  page: `/${string}`,
  act: (parts: Act) => Promise<string>,
): Promise<Redirect> {
  const by = visit.signedIn?.user ?? 'administration';
  try {
    return redirect(page, {
      done: await database.transaction((tx) => act({ tx, protection, by, now: clock.now() })),
    });
  } catch (error) {
    if (!(error instanceof CustomerError)) throw error;
    return redirect(page, { problem: error.message });
  }
}

const protectCustomer = async ({ tx, protection, by, now }: Act, name: string): Promise<string> =>
  `No connection may change customer ${await protection.protect(tx, { name }, by, now)} any more.`;

const unprotectCustomer = async ({ tx, protection, by, now }: Act, name: string): Promise<string> => {
  const { customerId, was } = await protection.unprotect(tx, { name }, by, now);
  return was ? `Customer ${customerId} is protected no more.` : `Customer ${customerId} was not protected itself.`;
};

async function protectGroup({ tx, protection, by, now }: Act, name: string): Promise<string> {
  const { code } = await protection.protectGroup(tx, name, by, now);
  return `No connection may change who is in the customer group "${code}" any more.`;
}

async function unprotectGroup({ tx, protection, by, now }: Act, name: string): Promise<string> {
  const { groupId, was } = await protection.unprotectGroup(tx, name, by, now);
  return `The customer group ${groupId} ${was ? 'is protected no more' : 'was not protected'}.`;
}

/** The two forms of the page of protected customers. */
const protectNamed = action(protectionPath, {
  ...access,
  inject,
  perform: (visit, parts) => {
    const [customer, group] = [visit.form.get('customer')?.trim() ?? '', visit.form.get('group')?.trim() ?? ''];
    return told(visit, parts, protectionPath, (act) =>
      group === '' ? protectCustomer(act, customer) : protectGroup(act, group),
    );
  },
});

const unprotectListed = (kind: 'customers' | 'groups'): Route =>
  action(`${protectionPath}/${kind}/:id/unprotect`, {
    ...access,
    inject,
    perform: (visit, parts) => {
      const name = visit.params.id ?? '';
      return told(visit, parts, protectionPath, (act) =>
        kind === 'customers' ? unprotectCustomer(act, name) : unprotectGroup(act, name),
      );
    },
  });

/** The button on a customer's own page. */
const onCustomer = (verb: 'protect' | 'unprotect'): Route =>
  action(`/admin/customers/:id/${verb}`, {
    ...access,
    inject,
    perform: (visit, parts) => {
      const id = visit.params.id ?? '';
      return told(visit, parts, `/admin/customers/${encodeURIComponent(id)}`, (act) =>
        verb === 'protect' ? protectCustomer(act, id) : unprotectCustomer(act, id),
      );
    },
  });

/** Protecting customers and customer groups in the administration, and ending it. */
export const protectionActs: readonly Route[] = [
  protectNamed,
  unprotectListed('customers'),
  unprotectListed('groups'),
  onCustomer('protect'),
  onCustomer('unprotect'),
];
