import { groupResourceType, type Resource, schemasOf } from '../../scim/index.ts';
import { printGroupId } from './group-id.ts';
import type { GroupRecord } from './group-record.ts';

/** The entity tag: every change of the group or its members makes the next one. */
export const versionOfGroup = ({ version }: Pick<GroupRecord, 'version'>): string => `W/"${version}"`;

const dateTime = (timestamp: string): string => `${timestamp.replace(' ', 'T')}Z`;

/** A group as SCIM answers it; without `members` where they are none, or were not read. */
export function renderGroup(record: GroupRecord, members: readonly Resource[], baseUrl: string): Resource {
  const id = printGroupId(record.groupId);
  return {
    schemas: schemasOf(record.document, groupResourceType),
    id,
    ...record.document,
    ...(members.length > 0 ? { members } : {}),
    meta: {
      resourceType: 'Group',
      created: dateTime(record.createdAt),
      lastModified: dateTime(record.modifiedAt),
      location: `${baseUrl}/Groups/${id}`,
      version: versionOfGroup(record),
    },
  };
}
