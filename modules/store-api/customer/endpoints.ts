import { type GroupAssignment, mainEmail } from '../../provisioning/index.ts';
import { createAddressDesk } from '../address/address-desk.ts';
import { readAddress } from '../address/given-address.ts';
import { nothing, type StoreRequest, type StoreResource } from '../http/exchange.ts';
import { itemsOf, Parameters } from '../http/parameters.ts';
import { severally } from '../http/several.ts';
import { refusalOfAnswer, StoreRefusal, unfit } from '../refusal.ts';
import { type GivenCustomer, readCustomer } from './given-customer.ts';
import { createList } from './list.ts';
import { type CustomerParts, createCustomerReading } from './reading.ts';
import { customerIdOf } from './shown-customer.ts';
import { changeOf, userOf } from './to-user.ts';

/** BigCommerce's own limit. */
const most = 10;

export type CustomerEndpointParts = CustomerParts & { readonly groups: GroupAssignment };

/** `/customers`: what of customers SCIM can say goes by SCIM's use cases, the rest by those of its own. */
export function customerResource(parts: CustomerEndpointParts): StoreResource {
  const { database, desk, groups } = parts;
  const reading = createCustomerReading(parts);
  const addressDesk = createAddressDesk(parts);
  const list = createList(parts, reading);
  const whole = new Set(['addresses'] as const);

  /** What no SCIM attribute says: the group, and addresses besides the first. */
  async function finish({ caller }: StoreRequest, id: number, given: GivenCustomer, where: string): Promise<void> {
    const { customer_group_id: group, addresses = [] } = given;
    if (group !== undefined) await groups.assign(caller, id, group);
    const [main, ...others] = addresses;
    if (main) await addressDesk.complete(caller, id, readAddress(main, `${where}.addresses.0`));
    for (const [at, address] of others.entries())
      await addressDesk.add(caller, id, readAddress(address, `${where}.addresses.${at + 1}`), `${where}.addresses`);
  }

  async function create(request: StoreRequest, given: GivenCustomer, where: string): Promise<unknown> {
    // What can be known beforehand must not be found out once somebody is made.
    if (given.customer_group_id !== undefined) await groups.requireGroup(given.customer_group_id);
    const answer = await desk.carry(request.caller, { method: 'POST', path: '/Users', body: userOf(given) });
    if (answer.status >= 300) throw refusalOfAnswer(answer, answer.status === 409 ? `${where}.email` : where);
    await finish(request, customerIdOf(answer.body), given, where);
    const [shown] = await reading.show([answer.body], whole);
    return shown;
  }

  async function change(request: StoreRequest, { id, given }: Change, user: Before | undefined, where: string) {
    const { caller } = request;
    const body = changeOf(given, user?.before);
    const path = `/Users/${user?.scimId ?? id}`;
    const answer = await desk.carry(caller, body ? { method: 'PATCH', path, body } : { method: 'GET', path });
    if (answer.status >= 300) throw refusalOfAnswer(answer, answer.status === 409 ? `${where}.email` : where);
    const { addresses: _, ...rest } = given;
    await finish(request, id, rest, where);
    const [shown] = await reading.show([answer.body], whole);
    return shown;
  }

  /** Who is to be changed, as far as the change depends on it. */
  async function before({ caller }: StoreRequest, changes: readonly Change[]): Promise<ReadonlyMap<number, Before>> {
    const ids = await desk.idsOf(
      database,
      caller.connection,
      changes.map(({ id }) => id),
    );
    const asked = changes.filter(({ given }) => given.email !== undefined).map(({ id }) => `id eq "${ids.get(id)}"`);
    const search = { filter: asked.join(' or '), count: asked.length };
    const found = asked.length === 0 ? [] : (await reading.find(caller, search)).users;
    const users = new Map(found.map((user) => [customerIdOf(user), user]));
    return new Map(
      changes.map(({ id }) => {
        const user = users.get(id);
        const said = user && { userName: String(user.userName), email: mainEmail(user) };
        return [id, { scimId: ids.get(id) ?? String(id), before: said }];
      }),
    );
  }

  return {
    path: '/customers',
    scope: 'store:customers',
    methods: {
      GET: list,
      POST(request) {
        const customers = itemsOf(request.body, most).map(readCustomer);
        for (const [at, { email, addresses = [] }] of customers.entries()) {
          if (email === undefined || email === '') throw unfit(`${at}.email`, '"email" is missing.');
          for (const [place, address] of addresses.entries()) readAddress(address, `${at}.addresses.${place}`);
        }
        return severally(request, customers, (given, where) => create(request, given, where));
      },
      async PUT(request) {
        const changes = itemsOf(request.body, most).map((item, at) => {
          const id = Number(item.id);
          if (!Number.isInteger(id) || id < 1) throw unfit(`${at}.id`, '"id" has to be the number of a customer.');
          return { id, given: readCustomer(item, at) };
        });
        const known = await before(request, changes);
        return severally(request, changes, (one, where) => change(request, one, known.get(one.id), where));
      },
      async DELETE(request) {
        const ids = new Parameters(request.query, ['id:in']).ids('id:in') ?? [];
        if (ids.length === 0) throw new StoreRefusal(422, 'Name the customers to be deleted: ?id:in=1,2.');
        const scimIds = await desk.idsOf(database, request.caller.connection, ids);
        const answer = await severally(request, ids, async (id) => {
          const given = await desk.carry(request.caller, { method: 'DELETE', path: `/Users/${scimIds.get(id) ?? id}` });
          // Who is gone is gone: deleting again is no error.
          if (given.status >= 300 && given.status !== 404) throw refusalOfAnswer(given, String(id));
          return id;
        });
        return answer.status === 200 ? nothing : answer;
      },
    },
  };
}

interface Change {
  readonly id: number;
  readonly given: GivenCustomer;
}

interface Before {
  readonly scimId: string;
  readonly before: { readonly userName: string; readonly email: string | undefined } | undefined;
}
