import { Body } from '../../connection/index.ts';
import { CustomerError } from '../../customer/index.ts';
import { actorOf, Clock, Database, HttpError, type Route, route } from '../../framework/index.ts';
import { protectionOperations } from '../http/operations.ts';
import { ProtectedCustomers } from './protected-customers.ts';

const base = '/admin/api/v1/protected';
const access = { area: 'admin', acl: 'provisioning::protect' } as const;
const inject = { database: Database, protection: ProtectedCustomers, clock: Clock };

/** @throws HttpError 404 for a customer or group that is not there */
async function orMissing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CustomerError) throw new HttpError(404, error.code, error.message, { cause: error });
    throw error;
  }
}

const list = route(`GET ${base}`, {
  operation: protectionOperations.list,
  ...access,
  inject,
  async handle(request, response, { database, protection }) {
    const after = Number(request.query.after ?? 0);
    response.json({
      customers: await protection.customers(database, { after: Number.isSafeInteger(after) ? after : 0 }),
      groups: await protection.groups(database),
    });
  },
});

const protect = route(`POST ${base}`, {
  operation: protectionOperations.protect,
  ...access,
  reads: 'json',
  inject,
  handle: (request, response, { database, protection, clock }) =>
    orMissing(async () => {
      const body = Body.of(request).only('customer', 'group');
      const by = actorOf(request)?.name ?? 'administration';
      const [customer, group] = [body.text('customer'), body.text('group')];
      if ((customer === undefined) === (group === undefined))
        throw new HttpError(400, 'BODY_INVALID', 'Say "customer" (id or e-mail address) or "group" (code or id).');
      const done = await database.transaction(async (tx) => {
        if (customer !== undefined)
          return { customerId: await protection.protect(tx, { name: customer }, by, clock.now()) };
        const { id, code } = await protection.protectGroup(tx, group ?? '', by, clock.now());
        return { groupId: id, code };
      });
      response.status(201).json(done);
    }),
});

const unprotect = (kind: 'customers' | 'groups'): Route =>
  route(`DELETE ${base}/${kind}/:id`, {
    operation: kind === 'customers' ? protectionOperations.unprotectCustomer : protectionOperations.unprotectGroup,
    ...access,
    inject,
    handle: (request, response, { database, protection, clock }) =>
      orMissing(async () => {
        const by = actorOf(request)?.name ?? 'administration';
        const id = String(request.params.id);
        response.json(
          await database.transaction<object>((tx) =>
            kind === 'customers'
              ? protection.unprotect(tx, { name: id }, by, clock.now())
              : protection.unprotectGroup(tx, id, by, clock.now()),
          ),
        );
      }),
  });

/** Whom no connection may change, over the admin API. */
export const protectionRoutes: readonly Route[] = [list, protect, unprotect('customers'), unprotect('groups')];
