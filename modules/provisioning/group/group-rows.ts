import { constant, sql, sqlTimestampMs, type Transaction } from '../../framework/index.ts';
import { fold, invalidValue, type Resource } from '../../scim/index.ts';

const longestName = 255;
const longestKey = 1020;

/** What a group is found by. */
interface GroupKeys {
  readonly displayName: string;
  readonly displayKey: string;
  readonly externalId: string | null;
}

/** The keys of a document. @throws ScimError `invalidValue` when a name is missing, blank or too long */
export function keysOf({ displayName, externalId }: Resource): GroupKeys {
  const displayKey = typeof displayName === 'string' ? fold(displayName) : '';
  if (typeof displayName !== 'string' || displayKey === '')
    throw invalidValue('"displayName" is missing; every group needs one (RFC 7643 §4.2).');
  if (displayName.length > longestName || Buffer.byteLength(displayKey) > longestKey)
    throw tooLong('displayName', displayName);
  const external = typeof externalId === 'string' && externalId !== '' ? externalId : null;
  if (external !== null && external.length > longestName) throw tooLong('externalId', external);
  return { displayName, displayKey, externalId: external };
}

const tooLong = (attribute: string, value: string): Error =>
  invalidValue(`"${attribute}" is ${value.length} characters long; at most ${longestName} can be kept.`);

/** Writes a new group without members and answers its number. @throws DuplicateKeyError on displayName, externalId */
export async function insertGroupRow(
  tx: Transaction,
  connectionId: number,
  document: Resource,
  now: Date,
): Promise<number> {
  const { displayName, displayKey, externalId } = keysOf(document);
  const at = sqlTimestampMs(now);
  const { insertId } = await tx.run(
    sql`INSERT INTO {vestibule_group} (connection_id, display_name, display_key, external_id, document, created_at, modified_at) VALUES (${connectionId}, ${displayName}, ${displayKey}, ${externalId}, ${JSON.stringify(document)}, ${at}, ${at})`,
  );
  tx.later(sql`INSERT INTO {vestibule_group_closure} (ancestor_id, descendant_id) VALUES (${insertId}, ${insertId})`);
  return insertId;
}

/** What a request makes of a group's row. */
export interface GroupState {
  readonly groupId: number;
  readonly generation: number;
  readonly memberCount: number;
  readonly version: number;
  readonly customerGroupId: number | null;
}

const updateState = constant(
  ({ groupId, generation, memberCount, version, customerGroupId }: GroupState, now: Date) =>
    sql`UPDATE {vestibule_group} SET generation = ${generation}, member_count = ${memberCount}, version = ${version}, customer_group_id = ${customerGroupId}, modified_at = ${sqlTimestampMs(now)} WHERE group_id = ${groupId}`,
);

/** Writes what changed of a group that is held; with its document if that changed. The commit's error is DuplicateKeyError. */
export function updateGroupRow(tx: Transaction, state: GroupState, document: Resource | undefined, now: Date): void {
  tx.later(updateState(state, now));
  if (!document) return;
  const { displayName, displayKey, externalId } = keysOf(document);
  tx.later(
    sql`UPDATE {vestibule_group} SET display_name = ${displayName}, display_key = ${displayKey}, external_id = ${externalId}, document = ${JSON.stringify(document)} WHERE group_id = ${state.groupId}`,
  );
}
