import type { Connection } from '../../connection/index.ts';
import type { Transaction } from '../../framework/index.ts';
import { admitUnfinished, type Desk } from './desk.ts';
import { MappingError } from './mapping-error.ts';
import { draftState, type Head, holdHead, removeDraft, writeDraft } from './storage.ts';
import type { DraftChange, MappingDraft, SavedDraft } from './version.ts';

type DraftState = Omit<MappingDraft, 'document'>;

/** Says who was there first. */
function changed({ code }: Connection, seen: number, now: DraftState | undefined): MappingError {
  if (!now)
    return new MappingError(
      'DRAFT_CHANGED',
      `The draft of "${code}" that you saw (revision ${seen}) was published or discarded meanwhile. Look at what is in effect (mapping:show --connection ${code}), and make your change there.`,
    );
  const whose = `a draft of "${code}" by ${now.author}, changed at ${now.changedAt} UTC (revision ${now.revision})`;
  return new MappingError(
    'DRAFT_CHANGED',
    seen === 0
      ? `There is ${whose}. Look at it (mapping:show --connection ${code} --draft); then discard it (mapping:discard), or replace it by saying its revision (--revision ${now.revision}).`
      : `There is ${whose}, and you saw revision ${seen}. Look at it again (mapping:show --connection ${code} --draft), and make your change there.`,
  );
}

/** @throws MappingError `DRAFT_CHANGED` where the draft is not the one that was seen; 0: none was seen */
export function requireDraft(connection: Connection, seen: number, now: DraftState | undefined): void {
  if ((now?.revision ?? 0) !== seen) throw changed(connection, seen, now);
}

/** Makes a document the draft. */
export async function saveDraft(
  desk: Desk,
  tx: Transaction,
  connection: Connection,
  value: unknown,
  change: DraftChange,
  now: Date,
): Promise<SavedDraft> {
  const { document, issues } = await admitUnfinished(desk, tx, connection, value, change.made);
  const head = await holdHead(tx, connection);
  const draft = await draftState(tx, connection);
  requireDraft(connection, change.revision, draft);
  const { author } = change;
  const basedOn = draft?.basedOn ?? head.version;
  return { ...writeDraft(tx, connection, head, { basedOn, document, author: author.slice(0, 255) }, now), issues };
}

/** Throws the draft away; false where there is none. */
export async function discardDraft(
  tx: Transaction,
  connection: Connection,
  revision: number | undefined,
): Promise<boolean> {
  await holdHead(tx, connection);
  const draft = await draftState(tx, connection);
  if (revision !== undefined) requireDraft(connection, revision, draft);
  if (draft) removeDraft(tx, connection);
  return draft !== undefined;
}

/** @throws MappingError `DRAFT_OUTDATED` where another version came into effect since the draft was begun */
export function requireGround({ code }: Connection, { version }: Head, draft: MappingDraft): void {
  if (draft.basedOn === version) return;
  const begun = draft.basedOn === 0 ? 'the preset' : `version ${draft.basedOn}`;
  throw new MappingError(
    'DRAFT_OUTDATED',
    `The draft of "${code}" was begun from ${begun}, and version ${version} is in effect since: publishing it would take that back. Compare them (mapping:diff --connection ${code} --from published --to draft); then publish it over version ${version} (--over ${version}) or discard it.`,
  );
}
