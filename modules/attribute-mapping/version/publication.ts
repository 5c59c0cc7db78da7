import { isDeepStrictEqual } from 'node:util';
import type { Connection } from '../../connection/index.ts';
import { sqlTimestamp, type Transaction } from '../../framework/index.ts';
import type { MappingDocument } from '../document/document.ts';
import type { MappingIssue } from '../document/issue.ts';
import { admit, type Desk, issuesOf } from './desk.ts';
import { difference } from './difference.ts';
import { requireDraft, requireGround } from './draft.ts';
import { MappingError } from './mapping-error.ts';
import { MappingPublished } from './mapping-published.ts';
import { describeRow } from './row-text.ts';
import { findDraft, findVersion, type Head, holdHead, insertVersion, removeDraft } from './storage.ts';
import { makeUsual } from './usual-attributes.ts';
import type { Change, Publication } from './version.ts';

const longestComment = 1000;

function commentOf({ comment }: Change): string | null {
  const text = comment?.trim() ?? '';
  if ([...text].length > longestComment)
    throw new MappingError('COMMENT_TOO_LONG', `The comment is longer than ${longestComment} characters; shorten it.`);
  return text === '' ? null : text;
}

/** @throws MappingError `VERSION_CHANGED` where the author saw another version in effect */
function requireVersion({ code }: Connection, head: Head, over: number | undefined): void {
  if (over === undefined || over === head.version) return;
  throw new MappingError(
    'VERSION_CHANGED',
    `You saw version ${over} of the mapping of "${code}", and version ${head.version} is in effect. Compare them (mapping:diff --connection ${code} --from ${over} --to ${head.version}), then try again with --over ${head.version}.`,
  );
}

/** What is in effect under this head; the preset for version 0. */
export async function documentUnder(
  desk: Desk,
  tx: Transaction,
  connection: Connection,
  { version }: Head,
): Promise<MappingDocument> {
  if (version === 0) return desk.language.preset(connection.profile);
  const found = await findVersion(tx, connection, version);
  if (found) return found.document;
  throw new Error(`Version ${version} of the mapping of ${connection.code} is in effect and not there.`);
}

/** A damaged version in effect equals nothing: publishing another one is its cure. */
async function presentUnder(
  desk: Desk,
  tx: Transaction,
  connection: Connection,
  head: Head,
): Promise<MappingDocument | undefined> {
  return documentUnder(desk, tx, connection, head).catch((error: unknown) => {
    if (error instanceof MappingError && error.code === 'MAPPING_UNREADABLE') return undefined;
    throw error;
  });
}

interface Next {
  readonly document: MappingDocument;
  readonly issues: readonly MappingIssue[];
  readonly restored?: number;
}

/** Brings a document into effect as the next version, unless it says what is in effect anyway. The head is held. */
export async function bringIntoEffect(
  desk: Desk,
  tx: Transaction,
  connection: Connection,
  head: Head,
  { document, issues, restored }: Next,
  change: Change,
  now: Date,
): Promise<Publication> {
  const comment = commentOf(change);
  requireVersion(connection, head, change.over);
  const before = await presentUnder(desk, tx, connection, head);
  if (isDeepStrictEqual(before, document)) return { version: head.version, changed: false, issues };
  await makeUsual(tx, desk.attributes, document);
  const version = head.version + 1;
  const author = change.author.slice(0, 255);
  const made = { version, author, comment, restored: restored ?? null, publishedAt: sqlTimestamp(now) };
  insertVersion(tx, connection, made, document);
  record(desk, tx, connection, { before, document, version, restored, author, comment, now });
  tx.afterCommit(() => desk.published());
  await desk.events.emit(MappingPublished, { connection, version }, tx);
  return { version, changed: true, issues };
}

interface Told {
  readonly before: MappingDocument | undefined;
  readonly document: MappingDocument;
  readonly version: number;
  readonly restored: number | undefined;
  readonly author: string;
  readonly comment: string | null;
  readonly now: Date;
}

/** Whoever asks later why customers changed finds here which rows were changed, by whom and why. */
function record({ activities }: Desk, tx: Transaction, { id }: Connection, told: Told): void {
  const { added, removed, changed, moved, sources } = difference(
    told.before ?? { version: 1, rows: [] },
    told.document,
  );
  const modified = [
    ...added.map((row) => ({ attribute: row.id, after: describeRow(row) })),
    ...removed.map((row) => ({ attribute: row.id, before: describeRow(row) })),
    ...changed.map(({ before, after }) => ({
      attribute: after.id,
      before: describeRow(before),
      after: describeRow(after),
    })),
  ];
  activities.record(tx, {
    at: told.now,
    operation: told.restored === undefined ? 'mapping.publish' : 'mapping.rollback',
    outcome: 'done',
    status: 200,
    connectionId: id,
    actor: told.author,
    changed: modified.map(({ attribute }) => attribute),
    modified,
    notes: [
      `Version ${told.version} of the mapping is in effect${told.restored === undefined ? '' : `, a copy of ${told.restored === 0 ? 'the preset' : `version ${told.restored}`}`}.`,
      ...moved.map(({ id: row, from, to }) => `Row "${row}" moved from place ${from} to ${to}.`),
      ...Object.entries(sources).flatMap(([what, named]) =>
        named.map(({ name }) => `The source "${name}" was ${what}.`),
      ),
      ...(told.comment === null ? [] : [told.comment]),
    ],
  });
}

/** Publishes a document as it came. */
export async function publish(
  desk: Desk,
  tx: Transaction,
  connection: Connection,
  value: unknown,
  change: Change,
  now: Date,
): Promise<Publication> {
  const admitted = await admit(desk, tx, connection, value, change.made);
  return bringIntoEffect(desk, tx, connection, await holdHead(tx, connection), admitted, change, now);
}

/** Publishes the draft, and removes it. */
export async function publishDraft(
  desk: Desk,
  tx: Transaction,
  connection: Connection,
  change: Change & { readonly revision?: number },
  now: Date,
): Promise<Publication> {
  const head = await holdHead(tx, connection);
  const draft = await findDraft(tx, connection);
  if (change.revision !== undefined) requireDraft(connection, change.revision, draft);
  if (!draft)
    throw new MappingError(
      'DRAFT_MISSING',
      `There is no draft of "${connection.code}" to publish; it may have been published or discarded meanwhile. mapping:versions --connection ${connection.code} shows what was published.`,
    );
  if (change.over === undefined) requireGround(connection, head, draft);
  const admitted = await admit(desk, tx, connection, draft.document, change.made);
  const done = await bringIntoEffect(desk, tx, connection, head, admitted, change, now);
  removeDraft(tx, connection);
  return done;
}

/** Publishes a copy of an older version, or of the preset. */
export async function rollback(
  desk: Desk,
  tx: Transaction,
  connection: Connection,
  to: number,
  change: Change,
  now: Date,
): Promise<Publication> {
  const head = await holdHead(tx, connection);
  const document =
    to === 0 ? desk.language.preset(connection.profile) : (await findVersion(tx, connection, to))?.document;
  if (!document) throw unknownVersion(connection, to);
  const issues = await issuesOf(desk, tx, document);
  return bringIntoEffect(desk, tx, connection, head, { document, issues, restored: to }, change, now);
}

/** Says which versions there are to choose from. */
export const unknownVersion = ({ code }: Connection, version: number): MappingError =>
  new MappingError(
    'VERSION_UNKNOWN',
    `There is no version ${version} of the mapping of "${code}"; mapping:versions --connection ${code} shows those there are. 0 is the preset.`,
  );
