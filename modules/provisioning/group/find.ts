import {
  groupResourceType,
  type ListQuery,
  type ListResult,
  notFound,
  type Resource,
  wants,
} from '../../scim/index.ts';
import { connectionOf, type ProvisioningContext, type Room } from '../room.ts';
import { parseGroupId } from './group-id.ts';
import { findGroup, type GroupRecord, readGroups } from './group-record.ts';
import { readMembers } from './members.ts';
import { renderGroup } from './render.ts';
import { groupSource } from './search-source.ts';

/** GET /Groups/{id} (RFC 7644 §3.4.1). @throws ScimError 404 */
export async function getGroup(room: Room, context: ProvisioningContext, text: string): Promise<Resource> {
  const groupId = parseGroupId(text);
  const { id } = connectionOf(context);
  const record = groupId === undefined ? undefined : await findGroup(room.database, id, groupId, showsMembers(context));
  if (!record) throw notFound('Group', text);
  const [group] = await rendered(room, context, [record]);
  return group as Resource;
}

/** GET /Groups (RFC 7644 §3.4.2). */
export async function listGroups(room: Room, context: ProvisioningContext, query: ListQuery): Promise<ListResult> {
  const { database } = room;
  const source = groupSource(database.dialect, connectionOf(context).id, context.baseUrl);
  const { keys, behind, ...page } = await room.search.page(database, source, query, context.now);
  const resources = await rendered(room, context, await readGroups(database, keys, showsMembers(context)));
  return {
    ...page,
    resources,
    ...(behind ? { cursorBehind: (id: string) => behind(parseGroupId(id) ?? 0) } : {}),
  };
}

const showsMembers = ({ projection }: Pick<ProvisioningContext, 'projection'>): boolean =>
  wants(projection, groupResourceType, 'members');

/** The groups with their members, unless nobody asks for those: then no member row is touched. */
async function rendered(
  { database }: Room,
  { projection, baseUrl }: ProvisioningContext,
  records: readonly GroupRecord[],
): Promise<Resource[]> {
  const members = showsMembers({ projection }) ? await readMembers(database, records, baseUrl) : undefined;
  return records.map((record) => renderGroup(record, members?.get(record.groupId) ?? [], baseUrl));
}
