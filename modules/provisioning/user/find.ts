import { type Sql, sql } from '../../framework/index.ts';
import { fold, type ListQuery, type ListResult, notFound, type Resource } from '../../scim/index.ts';
import { connectionOf, type ProvisioningContext, type Room } from '../room.ts';
import { compileFilter } from '../search/filter/compile.ts';
import { type Identifier, identifierOf } from '../search/filter/identifier.ts';
import { renderRecord } from './render.ts';
import { renderUnmanaged, unmanagedByEmail, unmanagedById } from './unmanaged.ts';
import { parseUserId } from './user-id.ts';
import { findUser, findUserByName, readUsers } from './user-record.ts';

/** GET /Users/{id} (RFC 7644 §3.4.1). @throws ScimError 404 */
export async function getUser(room: Room, context: ProvisioningContext, text: string): Promise<Resource> {
  const id = parseUserId(text);
  if (!id) throw notFound('User', text);
  const { database, customers, mapping } = room;
  const record = await findUser(database, customers, connectionOf(context).id, id);
  if (record) return renderRecord(record, mapping, context.baseUrl);
  const shopper = id.generation === 0 ? await unmanagedById(database, connectionOf(context), id.customerId) : undefined;
  if (shopper) return renderUnmanaged(shopper, context.baseUrl);
  throw notFound('User', text);
}

const one = (resource: Resource | undefined): ListResult =>
  resource ? { resources: [resource], totalResults: 1 } : { resources: [], totalResults: 0 };

/** GET /Users (RFC 7644 §3.4.2): a filter compiled to SQL, one page, ordered by id. */
export async function listUsers(room: Room, context: ProvisioningContext, query: ListQuery): Promise<ListResult> {
  const identifier = identifierOf(query.filter);
  const first = query.startIndex === 1 && query.count > 0;
  if (first && identifier?.by === 'userName') return one(await lookUpUserName(room, context, identifier.value));
  const found = await page(room, context, query);
  if (found.totalResults > 0 || !first || !identifier) return found;
  return one(await lookUpShopper(room, context, identifier));
}

async function page(room: Room, context: ProvisioningContext, query: ListQuery): Promise<ListResult> {
  const { database, customers, mapping } = room;
  const { id } = connectionOf(context);
  const condition = query.filter ? sql` AND ${compileFilter(query.filter, id)}` : sql``;
  const where = sql` WHERE u.connection_id = ${id} AND u.is_deleted = 0${condition}`;
  const count = async (): Promise<number> => {
    const row = await database.first<{ total: number }>(sql`SELECT COUNT(*) AS total ${countFrom(query)}${where}`);
    return Number(row?.total ?? 0);
  };
  if (query.count === 0) return { resources: [], totalResults: await count() };
  const offset = query.startIndex - 1;
  const tail = sql`${where} ORDER BY u.customer_id LIMIT ${query.count} OFFSET ${offset}`;
  const records = await readUsers(database, customers, tail);
  // A page that is not full ends the list, so that its total is known without counting.
  const ended = records.length < query.count && (records.length > 0 || offset === 0);
  return {
    resources: records.map((record) => renderRecord(record, mapping, context.baseUrl)),
    totalResults: ended ? offset + records.length : await count(),
  };
}

/** Without a filter the narrow index alone is counted. */
const countFrom = (query: ListQuery): Sql =>
  query.filter
    ? sql`FROM {vestibule_user} u JOIN {customer_entity} c ON c.entity_id = u.customer_id JOIN {vestibule_user_document} d ON d.customer_id = u.customer_id`
    : sql`FROM {vestibule_user} u`;

/** `userName eq`, the question every provider asks before it creates: the user, else a shopper with that e-mail. */
async function lookUpUserName(
  room: Room,
  context: ProvisioningContext,
  userName: string,
): Promise<Resource | undefined> {
  const { database, customers, mapping } = room;
  const connection = connectionOf(context);
  const record = await findUserByName(database, customers, connection.id, fold(userName));
  if (record) return renderRecord(record, mapping, context.baseUrl);
  return lookUpShopper(room, context, { by: 'userName', value: userName });
}

async function lookUpShopper(
  { database }: Room,
  context: ProvisioningContext,
  { by, value }: Identifier,
): Promise<Resource | undefined> {
  const connection = connectionOf(context);
  const id = by === 'id' ? parseUserId(value) : undefined;
  const shopper =
    by !== 'id'
      ? await unmanagedByEmail(database, connection, value)
      : id && id.generation === 0
        ? await unmanagedById(database, connection, id.customerId)
        : undefined;
  return shopper && renderUnmanaged(shopper, context.baseUrl);
}
