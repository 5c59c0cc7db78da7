import type { UserMapping } from '../../attribute-mapping/index.ts';
import { sqlTimestampMs } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';
import { schemasOf, userResourceType } from '../../scim/index.ts';
import type { ProvisioningContext } from '../room.ts';
import { driftOf } from './reconcile.ts';
import { printUserId, type UserId } from './user-id.ts';
import type { UserRecord } from './user-record.ts';

/** `YYYY-MM-DD HH:MM:SS[.mmm]` in UTC as an xsd:dateTime. */
export const dateTime = (timestamp: string): string => `${timestamp.replace(' ', 'T')}Z`;

/** What the resource says now: the document, with what the store has changed put back in. */
export function effectiveDocument(
  record: Pick<UserRecord, 'document' | 'shadow' | 'customer'>,
  mapping: UserMapping,
): Resource {
  const drift = driftOf(record, mapping);
  return drift.size === 0 ? record.document : mapping.toUser(record.document, drift);
}

export interface Rendering {
  readonly id: UserId;
  readonly document: Resource;
  readonly createdAt: string;
  readonly modifiedAt: string;
  readonly baseUrl: string;
}

/** A user as SCIM answers it: the document between `schemas`, `id` and `meta`. `active` is always said. */
export function renderUser({ id, document, createdAt, modifiedAt, baseUrl }: Rendering): Resource {
  const text = printUserId(id);
  const user: Resource = {
    schemas: undefined,
    id: text,
    ...document,
    active: document.active !== false,
    meta: {
      resourceType: 'User',
      created: dateTime(createdAt),
      lastModified: dateTime(modifiedAt),
      location: `${baseUrl}/Users/${text}`,
    },
  };
  // What the store has changed may bring an extension in that the provider never sent.
  user.schemas = schemasOf(document, userResourceType);
  return user;
}

/** The later of our own change and the store's; timestamps compare as text. */
const later = (a: string, b: string): string => (a > b ? a : b);

/** A stored user as SCIM answers it. */
export function renderRecord(record: UserRecord, mapping: UserMapping, baseUrl: string): Resource {
  const drift = driftOf(record, mapping);
  const { created_at, updated_at } = record.customer.attributes;
  // MySQL leaves a fraction of zero out; a client that compares must read what it was answered.
  const modifiedAt = record.modifiedAt.length > 19 ? record.modifiedAt : `${record.modifiedAt}.000`;
  return renderUser({
    id: record,
    document: drift.size === 0 ? record.document : mapping.toUser(record.document, drift),
    createdAt: String(created_at),
    modifiedAt: drift.size === 0 ? modifiedAt : later(modifiedAt, String(updated_at)),
    baseUrl,
  });
}

/** A user as it is answered right after it was written, in this request. */
export function renderWritten(
  context: ProvisioningContext,
  mapping: UserMapping,
  id: UserId,
  written: Pick<UserRecord, 'document' | 'shadow' | 'customer'>,
): Resource {
  return renderUser({
    id,
    document: effectiveDocument(written, mapping),
    createdAt: String(written.customer.attributes.created_at),
    modifiedAt: sqlTimestampMs(context.now),
    baseUrl: context.baseUrl,
  });
}
