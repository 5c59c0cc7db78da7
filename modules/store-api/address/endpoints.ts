import { Memory, type ShownAddress } from '../../provisioning/index.ts';
import { nothing, ok, type StoreRequest, type StoreResource } from '../http/exchange.ts';
import { cursorMeta, pageMeta, pagingParameters, readPaging } from '../http/paging.ts';
import { itemsOf, Parameters } from '../http/parameters.ts';
import { severally } from '../http/several.ts';
import { StoreRefusal, unfit } from '../refusal.ts';
import { type AddressParts, createAddressDesk, unknownAddress } from './address-desk.ts';
import { readAddress } from './given-address.ts';
import { storeAddressOf } from './shown.ts';

const most = 10;
/** A client may take as long between two pages as SCIM's may. */
const walkSeconds = 120;

/** Behind which address the next page of a walk by numbers goes on, and how many there were said to be. */
interface Walk {
  readonly behind: number;
  readonly total: number;
}

const idIn = (item: Readonly<Record<string, unknown>>, name: string, at: number): number => {
  const id = Number(item[name]);
  if (Number.isInteger(id) && id > 0) return id;
  throw unfit(`${at}.${name}`, `"${name}" has to be a whole number.`);
};

/** `/customers/addresses`: all addresses of the customers that the account's connection sees whole. */
export function addressResource(parts: AddressParts): StoreResource {
  const { database, addresses } = parts;
  const desk = createAddressDesk(parts);
  const walks = new Memory<Walk>(2_000, walkSeconds);

  async function list({ caller: { connection }, query }: StoreRequest) {
    const parameters = new Parameters(query, ['customer_id:in', 'id:in', ...pagingParameters]);
    const paging = readPaging(parameters);
    const { page, limit, after } = paging;
    if (paging.before !== undefined) throw unfit('before', 'Addresses are walked forwards: page, or after.');
    const question = { ids: parameters.ids('id:in'), customerIds: parameters.ids('customer_id:in') };
    const walkAt = (at: number) => `${connection.id}|${JSON.stringify(question)}|${limit}|${at}`;
    if (after !== undefined) {
      const place = { after: after === '' ? undefined : parameters.number('after', 1), limit: limit + 1 };
      const found = await addresses.page(database, connection, question, place);
      const shown = found.slice(0, limit);
      const end = found.length > limit ? String(shown.at(-1)?.id) : undefined;
      return ok(shown.map(storeAddressOf), cursorMeta(query, paging, { count: shown.length, end }));
    }
    const walk = page > 1 ? walks.get(walkAt(page)) : undefined;
    const passed = (page - 1) * limit;
    const shown = await addresses.page(database, connection, question, {
      limit,
      ...(walk ? { after: walk.behind } : { skip: passed }),
    });
    const count = shown.length;
    const isLast = count < limit && (count > 0 || page === 1);
    const known = isLast ? passed + count : (walk?.total ?? (await addresses.count(database, connection, question)));
    // Who adds addresses while they are walked is not walked past.
    const total = count === 0 ? known : Math.max(known, passed + count);
    const behind = shown.at(-1)?.id;
    if (behind !== undefined && !isLast) walks.set(walkAt(page + 1), { behind, total });
    return ok(shown.map(storeAddressOf), pageMeta(query, paging, { count, total }));
  }

  async function seen({ caller: { connection } }: StoreRequest, ids: readonly number[]) {
    const found = await addresses.page(database, connection, { ids }, { limit: ids.length });
    return new Map(found.map((address) => [address.id, address]));
  }

  return {
    path: '/customers/addresses',
    scope: 'store:customers',
    methods: {
      GET: list,
      POST(request) {
        const items = itemsOf(request.body, most).map((item, at) => ({
          customerId: idIn(item, 'customer_id', at),
          columns: readAddress(item, String(at)),
        }));
        return severally(request, items, async ({ customerId, columns }, where) =>
          storeAddressOf(await desk.add(request.caller, customerId, columns, where)),
        );
      },
      async PUT(request) {
        const items = itemsOf(request.body, most).map((item, at) => ({ item, id: idIn(item, 'id', at) }));
        const known = await seen(
          request,
          items.map(({ id }) => id),
        );
        return severally(request, items, async ({ item, id }, where) => {
          const before: ShownAddress | undefined = known.get(id);
          if (!before) throw unknownAddress(id);
          const columns = readAddress(item, where, before.attributes);
          return storeAddressOf(await desk.change(request.caller, before, columns, where));
        });
      },
      async DELETE(request) {
        const ids = new Parameters(request.query, ['id:in']).ids('id:in') ?? [];
        if (ids.length === 0) throw new StoreRefusal(422, 'Name the addresses to be deleted: ?id:in=1,2.');
        request.charge(ids.length - 1);
        // What is gone is gone: deleting it again is no error.
        for (const address of (await seen(request, ids)).values()) await desk.remove(request.caller, address);
        return nothing;
      },
    },
  };
}
