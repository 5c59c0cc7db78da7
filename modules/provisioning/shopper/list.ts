import { type ListQuery, type ListResult, type Resource, wants } from '../../scim/index.ts';
import { connectionOf, mappingFor, type ProvisioningContext, type Room } from '../room.ts';
import { cursorBehind } from '../user/cursor-behind.ts';
import { renderRecord } from '../user/render.ts';
import { userSource } from '../user/search-source.ts';
import { userPage } from '../user/shown-users.ts';
import { shoppersOf } from './shoppers.ts';

/** GET /Users where the whole website is to be seen: users and shoppers in one list, by the key that they have in common. */
export async function listWebsite(room: Room, context: ProvisioningContext, query: ListQuery): Promise<ListResult> {
  const { database, customers, search } = room;
  const { baseUrl } = context;
  const mapping = mappingFor(room, context);
  const connection = connectionOf(context);
  const users = await userPage(database, customers, connection.id, {
    mapping,
    groups: wants(context.projection, mapping.resourceType(), 'groups'),
  });
  const source = { ...(await userSource(room, connection, baseUrl)), shown: users.shown };
  const shoppers = shoppersOf(room, connection, baseUrl);
  const found = await search.page(database, source, query, context.now, shoppers);
  const { keys, beside = new Set<number>(), behind, ...page } = found;
  if (keys.length === 0) return { resources: [], ...page };
  const shown = await shoppers.show([...beside]);
  const managed = keys.filter((key) => !beside.has(key));
  const records = new Map((managed.length > 0 ? await users.read(managed) : []).map((one) => [one.customerId, one]));
  const resources = keys.flatMap((key): readonly Resource[] => {
    const shopper = beside.has(key) ? shown.get(key) : undefined;
    const record = records.get(key);
    return shopper ? [shopper] : record ? [renderRecord(record, mapping, baseUrl)] : [];
  });
  return { resources, ...page, ...(behind ? cursorBehind(behind) : {}) };
}
