import {
  fold,
  type ListQuery,
  type ListResult,
  notFound,
  pageOfTexts,
  type Resource,
  wants,
} from '../../scim/index.ts';
import { connectionOf, mappingFor, type ProvisioningContext, type Room } from '../room.ts';
import { type Identifier, identifierOf } from '../search/filter/identifier.ts';
import { listWebsite } from '../shopper/list.ts';
import { shoppersOf } from '../shopper/shoppers.ts';
import { cursorBehind } from './cursor-behind.ts';
import { renderRecord, renderRecordText } from './render.ts';
import { userSource } from './search-source.ts';
import { userPage } from './shown-users.ts';
import { renderUnmanaged, type UnmanagedCustomer, unmanagedByEmail, unmanagedById } from './unmanaged.ts';
import { parseUserId } from './user-id.ts';
import { findUser, findUserByExternalId, findUserByName, type ShownUser } from './user-record.ts';

/** GET /Users/{id} (RFC 7644 §3.4.1). @throws ScimError 404 */
export async function getUser(room: Room, context: ProvisioningContext, text: string): Promise<Resource> {
  const id = parseUserId(text);
  if (!id) throw notFound('User', text);
  const { database, customers } = room;
  const mapping = mappingFor(room, context);
  const record = await findUser({ db: database, customers, mapping }, connectionOf(context).id, id);
  if (record) return renderRecord(record, mapping, context.baseUrl);
  const shopper = id.generation === 0 ? await unmanagedById(database, connectionOf(context), id.customerId) : undefined;
  const shown = shopper && (await showShopper(room, context, shopper));
  if (shown) return shown;
  throw notFound('User', text);
}

/** As much of a shopper as the policy lets be seen; undefined for one that is gone meanwhile. */
async function showShopper(
  room: Room,
  context: ProvisioningContext,
  shopper: UnmanagedCustomer,
): Promise<Resource | undefined> {
  const connection = connectionOf(context);
  if (connection.policy.visibility === 'managed') return renderUnmanaged(shopper, context.baseUrl);
  return (await shoppersOf(room, connection, context.baseUrl).show([shopper.id])).get(shopper.id);
}

const one = (resource: Resource | undefined): ListResult =>
  resource ? { resources: [resource], totalResults: 1 } : { resources: [], totalResults: 0 };

/**
 * GET /Users (RFC 7644 §3.4.2). A filter that is an identifier alone may find a shopper that nobody manages, where it finds
 * no user. Where the whole website is to be seen, shoppers are listed as well.
 */
export async function listUsers(room: Room, context: ProvisioningContext, query: ListQuery): Promise<ListResult> {
  if (connectionOf(context).policy.visibility === 'website') return listWebsite(room, context, query);
  const identifier = identifierOf(query.filter);
  const first = query.startIndex === 1 && query.count > 0 && (query.cursor ?? '') === '';
  if (first && identifier && identifier.by !== 'email') return one(await lookUp(room, context, identifier));
  const found = await searchUsers(room, context, query);
  if (found.totalResults !== 0 || !first || !identifier) return found;
  return one(await lookUpShopper(room, context, identifier));
}

/** A page of users: their keys in order, then their rows. */
async function searchUsers(room: Room, context: ProvisioningContext, query: ListQuery): Promise<ListResult> {
  const { database, customers, search } = room;
  const mapping = mappingFor(room, context);
  const connection = connectionOf(context);
  const users = await userPage(database, customers, connection.id, {
    mapping,
    groups: wants(context.projection, mapping.resourceType(), 'groups'),
  });
  const source = { ...(await userSource(room, connection, context.baseUrl)), shown: users.shown };
  const { keys, behind, ...page } = await search.page(database, source, query, context.now);
  if (keys.length === 0) return { resources: [], ...page };
  const found = await users.read(keys);
  return pageOfTexts(
    () => found.map((user) => renderRecordText(user, mapping, context.baseUrl)),
    () => found.map((user) => renderRecord(user, mapping, context.baseUrl)),
    { ...page, ...(behind ? cursorBehind(behind) : {}) },
  );
}

/** What is held by a key, in one statement: the user, else a shopper. Providers ask it before they create anybody. */
async function lookUp(room: Room, context: ProvisioningContext, identifier: Identifier): Promise<Resource | undefined> {
  const record = await findIdentified(room, context, identifier);
  if (record) return renderRecord(record, mappingFor(room, context), context.baseUrl);
  return lookUpShopper(room, context, identifier);
}

async function findIdentified(
  room: Room,
  context: ProvisioningContext,
  { by, value }: Identifier,
): Promise<ShownUser | undefined> {
  const { database: db, customers } = room;
  const showing = { db, customers, mapping: mappingFor(room, context) };
  const { id: connectionId } = connectionOf(context);
  if (by === 'userName') return findUserByName(showing, connectionId, fold(value));
  if (by === 'externalId') return findUserByExternalId(showing, connectionId, value);
  const id = parseUserId(value);
  return id && findUser(showing, connectionId, id);
}

async function lookUpShopper(
  { database }: Room,
  context: ProvisioningContext,
  { by, value }: Identifier,
): Promise<Resource | undefined> {
  if (by === 'externalId') return undefined;
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
