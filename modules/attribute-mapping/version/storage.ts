import { type Connection, ConnectionError } from '../../connection/index.ts';
import { type Executor, type Sql, sql, sqlTimestamp, type Transaction } from '../../framework/index.ts';
import type { MappingDocument } from '../document/document.ts';
import { MappingError } from './mapping-error.ts';
import type { MappingDraft, MappingInEffect, MappingVersion } from './version.ts';

/** What is in effect for a connection, and the revision that a draft of it had last. */
export interface Head {
  readonly version: number;
  readonly revision: number;
}

/** The head of a connection that nobody has changed yet. */
const beginning: Head = { version: 0, revision: 0 };

const headOf = (db: Executor, id: number, lock?: Sql): Promise<Head | undefined> =>
  db.first<Head>(
    lock
      ? sql`SELECT version, revision FROM {vestibule_mapping_head} WHERE connection_id = ${id} ${lock}`
      : sql`SELECT version, revision FROM {vestibule_mapping_head} WHERE connection_id = ${id}`,
  );

export const readHead = async (db: Executor, { id }: Connection): Promise<Head> => (await headOf(db, id)) ?? beginning;

/** The head, held until the commit: whoever publishes or changes a draft waits for it first. */
export async function holdHead(tx: Transaction, { id, code }: Connection): Promise<Head> {
  const { forUpdate, insertIgnoreInto } = tx.dialect;
  const found = await headOf(tx, id, forUpdate);
  if (found) return found;
  await tx.run(
    sql`${insertIgnoreInto} {vestibule_mapping_head} (connection_id, version, revision) VALUES (${id}, 0, 0)`,
  );
  const made = await headOf(tx, id, forUpdate);
  if (made) return made;
  throw new ConnectionError('CONNECTION_UNKNOWN', `The connection "${code}" was deleted meanwhile.`);
}

/** @throws MappingError `MAPPING_UNREADABLE` */
export function documentFrom(text: string, what: string, cure: string): MappingDocument {
  try {
    return JSON.parse(text) as MappingDocument;
  } catch {
    const message = `${what} can't be read: its row in the database is damaged. ${cure}`;
    throw new MappingError('MAPPING_UNREADABLE', message);
  }
}

/** What a stored version says. @throws MappingError `MAPPING_UNREADABLE` */
export const versionDocument = (text: string, version: number, code: string): MappingDocument =>
  documentFrom(
    text,
    `Version ${version} of the mapping of "${code}"`,
    `Publish another one: mapping:rollback --connection ${code} --to <version>, or mapping:import.`,
  );

interface VersionRow {
  version: number;
  author: string;
  comment: string | null;
  restored: number | null;
  published_at: string;
}

const columns = sql`version, author, comment, restored, published_at`;
const readVersion = ({ published_at: publishedAt, ...row }: VersionRow): MappingVersion => ({ ...row, publishedAt });

/** A published version; undefined where there is none of this number. */
export async function findVersion(
  db: Executor,
  { id, code }: Connection,
  version: number,
): Promise<(MappingInEffect & MappingVersion) | undefined> {
  const row = await db.first<VersionRow & { document: string }>(
    sql`SELECT ${columns}, document FROM {vestibule_mapping_version} WHERE connection_id = ${id} AND version = ${version}`,
  );
  if (!row) return undefined;
  const { document, ...rest } = row;
  return { ...readVersion(rest), document: versionDocument(document, version, code) };
}

export async function listVersions(
  db: Executor,
  { id }: Connection,
  before: number,
  limit: number,
): Promise<MappingVersion[]> {
  const rows = await db.all<VersionRow>(
    sql`SELECT ${columns} FROM {vestibule_mapping_version} WHERE connection_id = ${id} AND version < ${before} ORDER BY version DESC LIMIT ${limit}`,
  );
  return rows.map(readVersion);
}

/** Writes the version after the one in effect and brings it into effect; the head is held. */
export function insertVersion(
  tx: Transaction,
  { id }: Connection,
  version: MappingVersion,
  document: MappingDocument,
): void {
  tx.later(sql`INSERT INTO {vestibule_mapping_version}
    (connection_id, version, document, author, comment, restored, published_at)
    VALUES (${id}, ${version.version}, ${JSON.stringify(document)}, ${version.author}, ${version.comment},
    ${version.restored}, ${version.publishedAt})`);
  tx.later(sql`UPDATE {vestibule_mapping_head} SET version = ${version.version} WHERE connection_id = ${id}`);
}

interface DraftRow {
  revision: number;
  based_on: number;
  document: string;
  author: string;
  changed_at: string;
}

export async function findDraft(db: Executor, { id, code }: Connection): Promise<MappingDraft | undefined> {
  const row = await db.first<DraftRow>(
    sql`SELECT revision, based_on, document, author, changed_at FROM {vestibule_mapping_draft} WHERE connection_id = ${id}`,
  );
  return (
    row && {
      revision: row.revision,
      basedOn: row.based_on,
      document: documentFrom(
        row.document,
        `The draft of the mapping of "${code}"`,
        `Discard it: mapping:discard --connection ${code}.`,
      ),
      author: row.author,
      changedAt: row.changed_at,
    }
  );
}

/** Which draft there is, without what it says. */
export async function draftState(
  db: Executor,
  { id }: Connection,
): Promise<Omit<MappingDraft, 'document'> | undefined> {
  const row = await db.first<Omit<DraftRow, 'document'>>(
    sql`SELECT revision, based_on, author, changed_at FROM {vestibule_mapping_draft} WHERE connection_id = ${id}`,
  );
  return row && { revision: row.revision, basedOn: row.based_on, author: row.author, changedAt: row.changed_at };
}

/** Writes the draft under the next revision; the head is held. */
export function writeDraft(
  tx: Transaction,
  { id }: Connection,
  head: Head,
  draft: Pick<MappingDraft, 'basedOn' | 'document' | 'author'>,
  now: Date,
): MappingDraft {
  const [revision, changedAt] = [head.revision + 1, sqlTimestamp(now)];
  const tail = tx.dialect.onDuplicate(['connection_id'], ['revision', 'based_on', 'document', 'author', 'changed_at']);
  tx.later(sql`INSERT INTO {vestibule_mapping_draft} (connection_id, revision, based_on, document, author, changed_at)
    VALUES (${id}, ${revision}, ${draft.basedOn}, ${JSON.stringify(draft.document)}, ${draft.author}, ${changedAt}) ${tail}`);
  tx.later(sql`UPDATE {vestibule_mapping_head} SET revision = ${revision} WHERE connection_id = ${id}`);
  return { ...draft, revision, changedAt };
}

export function removeDraft(tx: Transaction, { id }: Connection): void {
  tx.later(sql`DELETE FROM {vestibule_mapping_draft} WHERE connection_id = ${id}`);
}
