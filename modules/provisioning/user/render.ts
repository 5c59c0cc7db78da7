import { hash } from 'node:crypto';
import type { Drift, UserMapping } from '../../attribute-mapping/index.ts';
import { sqlTimestampMs } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';
import { type ResourceType, schemasOf } from '../../scim/index.ts';
import { renderGroups, type UserGroup } from '../group/groups-of-users.ts';
import type { ProvisioningContext } from '../room.ts';
import { driftOf } from './reconcile.ts';
import { printUserId, type UserId } from './user-id.ts';
import type { ShownUser, UserRecord } from './user-record.ts';

/** `YYYY-MM-DD HH:MM:SS[.mmm]` in UTC as an xsd:dateTime. Engines differ in whether they answer a fraction of zero. */
export const dateTime = (timestamp: string): string =>
  `${(timestamp.endsWith('.000') ? timestamp.slice(0, 19) : timestamp).replace(' ', 'T')}Z`;

/** What the resource says now: the document, with what the store has changed put back in. */
export function effectiveDocument(
  record: Pick<UserRecord, 'document' | 'shadow' | 'customer'>,
  mapping: UserMapping,
): Resource {
  const drift = driftOf(record, mapping);
  return drift.size === 0 ? record.document : mapping.toUser(record.document, drift);
}

/**
 * `meta.version` of a user: a digest of what it was read from, which is what its provider sent and what the store has
 * changed since. `groups` is not part of it, because others change them, nor are the dates.
 */
const versionOf = (id: string, text: string, drift: Drift): string =>
  `W/"${hash('sha1', `${id} ${text}${drift.size === 0 ? '' : JSON.stringify([...drift])}`, 'base64url')}"`;

/** The version that a read answers for a stored user. */
export const versionOfUser = (record: ShownUser, mapping: UserMapping): string =>
  versionOf(printUserId(record), record.text, driftOf(record, mapping));

interface Rendering {
  readonly id: UserId;
  /** The document with what the store has changed put back in. */
  readonly effective: Resource;
  readonly version: string;
  readonly type: ResourceType;
  readonly createdAt: string;
  readonly modifiedAt: string;
  readonly baseUrl: string;
  readonly groups?: readonly UserGroup[];
}

/** A user as SCIM answers it: the document between `schemas`, `id` and `meta`. `active` is always said. */
function renderUser({
  id,
  effective,
  version,
  type,
  groups = [],
  createdAt,
  modifiedAt,
  baseUrl,
}: Rendering): Resource {
  const text = printUserId(id);
  const user: Resource = { schemas: undefined, id: text, ...effective, active: effective.active !== false };
  if (groups.length > 0) user.groups = renderGroups(groups, baseUrl);
  // What the store has changed may bring an extension in that the provider never sent.
  user.schemas = schemasOf(effective, type);
  user.meta = {
    resourceType: 'User',
    created: dateTime(createdAt),
    lastModified: dateTime(modifiedAt),
    location: `${baseUrl}/Users/${text}`,
    version,
  };
  return user;
}

/** The later of our own change and the store's; timestamps compare as text. */
const later = (a: string, b: string): string => (a > b ? a : b);

/** When a stored user last changed: by us, or by the store where that shows. */
export function modifiedAtOf(record: Pick<UserRecord, 'modifiedAt' | 'customer'>, drift: Drift): string {
  return drift.size === 0 ? record.modifiedAt : later(record.modifiedAt, String(record.customer.attributes.updated_at));
}

/** A stored user as SCIM answers it. */
export function renderRecord(record: ShownUser, mapping: UserMapping, baseUrl: string): Resource {
  const drift = driftOf(record, mapping);
  return renderUser({
    id: record,
    effective: drift.size === 0 ? record.document : mapping.toUser(record.document, drift),
    version: versionOf(printUserId(record), record.text, drift),
    type: mapping.resourceType(),
    createdAt: String(record.customer.attributes.created_at),
    modifiedAt: modifiedAtOf(record, drift),
    baseUrl,
    groups: record.groups,
  });
}

/** A user as it is answered right after it was written, in this request. */
export function renderWritten(
  context: ProvisioningContext,
  mapping: UserMapping,
  id: UserId,
  written: Pick<UserRecord, 'document' | 'shadow' | 'customer'> & Partial<Pick<UserRecord, 'groups'>>,
  at = context.now,
): Resource {
  const drift = driftOf(written, mapping);
  return renderUser({
    id,
    effective: drift.size === 0 ? written.document : mapping.toUser(written.document, drift),
    version: versionOf(printUserId(id), JSON.stringify(written.document), drift),
    type: mapping.resourceType(),
    createdAt: String(written.customer.attributes.created_at),
    modifiedAt: sqlTimestampMs(at),
    baseUrl: context.baseUrl,
    ...(written.groups ? { groups: written.groups } : {}),
  });
}
