import { Clock, type Command, command, Database, UsageError } from '../../framework/index.ts';
import { ProtectedCustomers } from './protected-customers.ts';

const options = {
  customer: { type: 'string', describe: 'Id or e-mail address of a customer', position: 0 },
  group: { type: 'string', describe: 'Code or id of a customer group: all who are in it, at any time' },
} as const;

/** What was meant: one customer, or one group. */
function meant({ customer, group }: { customer?: string; group?: string }): { customer: string } | { group: string } {
  if ((customer === undefined) === (group === undefined))
    throw new UsageError('Name a customer (id or e-mail address), or a customer group with --group.');
  return customer === undefined ? { group: group ?? '' } : { customer };
}

const by = 'command line';

const protect = command('customer:protect', {
  describe: 'Let no connection change a customer, or any customer of a customer group, from now on',
  options,
  inject: { database: Database, protection: ProtectedCustomers, clock: Clock },
  run: (given, { database, protection, clock }) =>
    database.transaction(async (tx) => {
      const what = meant(given);
      if ('customer' in what)
        return { customerId: await protection.protect(tx, { name: what.customer }, by, clock.now()) };
      const { id, code } = await protection.protectGroup(tx, what.group, by, clock.now());
      return { groupId: id, code };
    }),
  print: (done) =>
    'customerId' in done
      ? `Customer ${done.customerId} is protected: no connection changes it.`
      : `The customer group "${done.code}" is protected: no connection changes who is in it, nor puts anybody into it.`,
});

const unprotect = command('customer:unprotect', {
  describe: 'Let connections change a customer, or the customers of a customer group, again',
  options,
  inject: { database: Database, protection: ProtectedCustomers, clock: Clock },
  run: (given, { database, protection, clock }) =>
    database.transaction<{ customerId?: number; groupId?: number; was: boolean }>((tx) => {
      const what = meant(given);
      return 'customer' in what
        ? protection.unprotect(tx, { name: what.customer }, by, clock.now())
        : protection.unprotectGroup(tx, what.group, by, clock.now());
    }),
  print: ({ customerId, groupId, was }) => {
    const whom = customerId === undefined ? `The customer group ${groupId}` : `Customer ${customerId}`;
    return was ? `${whom} is protected no more.` : `${whom} was not protected${customerId ? ' itself' : ''}.`;
  },
});

const list = command('customer:protected', {
  describe: 'List the customers (the first thousand) and customer groups that no connection may change',
  inject: { database: Database, protection: ProtectedCustomers },
  run: async (_, { database, protection }) => ({
    customers: await protection.customers(database),
    groups: await protection.groups(database),
  }),
  print: ({ customers, groups }) =>
    customers.length + groups.length === 0
      ? 'Nobody is protected; customer:protect protects a customer or a customer group.'
      : [
          ...groups.map(
            ({ groupId, code, protectedAt, protectedBy }) =>
              `group ${groupId} ${code ?? '(gone)'}  since ${protectedAt} UTC by ${protectedBy}`,
          ),
          ...customers.map(
            ({ customerId, email, protectedAt, protectedBy }) =>
              `customer ${customerId} ${email ?? ''}  since ${protectedAt} UTC by ${protectedBy}`,
          ),
        ].join('\n'),
});

/** Commands about whom no connection may change. */
export const protectionCommands: readonly Command[] = [protect, unprotect, list];
