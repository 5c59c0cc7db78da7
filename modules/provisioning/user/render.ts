import { hash } from 'node:crypto';
import type { ConnectionMapping, Drift } from '../../attribute-mapping/index.ts';
import { sqlTimestampMs } from '../../framework/index.ts';
import { type Resource, schemasOf, withJsonText } from '../../scim/index.ts';
import { renderGroups, type UserGroup } from '../group/groups-of-users.ts';
import type { ProvisioningContext } from '../room.ts';
import { documentText, type UserMeta, userText } from './document-text.ts';
import { driftOf } from './reconcile.ts';
import { printUserId, type UserId } from './user-id.ts';
import type { ShownUser, UserRecord } from './user-record.ts';

/** `YYYY-MM-DD HH:MM:SS[.mmm]` in UTC as an xsd:dateTime. Engines differ in whether they answer a fraction of zero. */
export const dateTime = (timestamp: string): string =>
  `${(timestamp.endsWith('.000') ? timestamp.slice(0, 19) : timestamp).replace(' ', 'T')}Z`;

/** What the resource says now: the document, with what the store has changed put back in. */
export function effectiveDocument(
  record: Pick<UserRecord, 'document' | 'shadow' | 'customer'>,
  mapping: ConnectionMapping,
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
export const versionOfUser = (record: ShownUser, mapping: ConnectionMapping): string =>
  versionOf(printUserId(record), record.text, driftOf(record, mapping));

interface Rendering {
  readonly id: UserId;
  /** What is stored, or was just written. */
  readonly stored: Pick<UserRecord, 'text' | 'shadow' | 'customer'> & { readonly document: Resource };
  readonly mapping: ConnectionMapping;
  readonly drift: Drift;
  readonly modifiedAt: string;
  readonly baseUrl: string;
  readonly groups: readonly UserGroup[];
}

const metaOf = ({ id, stored, drift, modifiedAt, baseUrl }: Rendering): UserMeta => ({
  resourceType: 'User',
  created: dateTime(String(stored.customer.attributes.created_at)),
  lastModified: dateTime(modifiedAt),
  location: `${baseUrl}/Users/${printUserId(id)}`,
  version: versionOf(printUserId(id), stored.text, drift),
});

/**
 * A user as SCIM answers it: the document between `schemas`, `id` and `meta`. `active` is always said. Where the store has
 * changed nothing, the answer's text is the stored one with these around it.
 */
function renderUser(rendering: Rendering): Resource {
  const { id, stored, mapping, drift } = rendering;
  const effective = drift.size === 0 ? stored.document : mapping.toUser(stored.document, drift);
  const text = printUserId(id);
  const user: Resource = { schemas: undefined, id: text, ...effective, active: effective.active !== false };
  const groups = renderGroups(rendering.groups, rendering.baseUrl);
  if (groups.length > 0) user.groups = groups;
  // What the store has changed may bring an extension in that the provider never sent.
  user.schemas = schemasOf(effective, mapping.resourceType());
  const meta = metaOf(rendering);
  user.meta = meta;
  const whole = drift.size === 0 ? userText(text, stored.text, groups, meta) : undefined;
  return whole === undefined ? user : withJsonText(user, whole);
}

/** The later of our own change and the store's; timestamps compare as text. */
const later = (a: string, b: string): string => (a > b ? a : b);

/** When a stored user last changed: by us, or by the store where that shows. */
export function modifiedAtOf(record: Pick<UserRecord, 'modifiedAt' | 'customer'>, drift: Drift): string {
  return drift.size === 0 ? record.modifiedAt : later(record.modifiedAt, String(record.customer.attributes.updated_at));
}

const renderingOf = (record: ShownUser, mapping: ConnectionMapping, baseUrl: string): Rendering => {
  const drift = driftOf(record, mapping);
  const modifiedAt = modifiedAtOf(record, drift);
  return { id: record, stored: record, mapping, drift, modifiedAt, baseUrl, groups: record.groups };
};

/** A stored user as SCIM answers it. */
export const renderRecord = (record: ShownUser, mapping: ConnectionMapping, baseUrl: string): Resource =>
  renderUser(renderingOf(record, mapping, baseUrl));

/** The JSON text of a stored user as SCIM answers it: the same as that of `renderRecord`. */
export function renderRecordText(record: ShownUser, mapping: ConnectionMapping, baseUrl: string): string {
  const rendering = renderingOf(record, mapping, baseUrl);
  const text =
    rendering.drift.size === 0
      ? userText(printUserId(record), record.text, renderGroups(record.groups, baseUrl), metaOf(rendering))
      : undefined;
  return text ?? JSON.stringify(renderUser(rendering));
}

/** A user as it is answered right after it was written, in this request. */
export function renderWritten(
  context: ProvisioningContext,
  mapping: ConnectionMapping,
  id: UserId,
  written: Pick<UserRecord, 'document' | 'shadow' | 'customer'> & Partial<Pick<UserRecord, 'groups'>>,
  at = context.now,
): Resource {
  const stored = { ...written, text: documentText(written.document) };
  const drift = driftOf(stored, mapping);
  const { baseUrl } = context;
  return renderUser({
    id,
    stored,
    mapping,
    drift,
    modifiedAt: sqlTimestampMs(at),
    baseUrl,
    groups: written.groups ?? [],
  });
}
