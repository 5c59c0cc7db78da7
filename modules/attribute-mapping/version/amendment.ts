import type { Connection } from '../../connection/index.ts';
import type { Transaction } from '../../framework/index.ts';
import type { MappingDocument } from '../document/document.ts';
import { admit, admitUnfinished, type Desk } from './desk.ts';
import { bringIntoEffect, documentUnder } from './publication.ts';
import { findDraft, holdHead, writeDraft } from './storage.ts';
import type { Change, Mapped } from './version.ts';

type Amend = (document: MappingDocument) => MappingDocument;

/**
 * Changes the draft, or begins one from what is in effect. With `publish` it changes what is in effect, and nobody else's
 * unfinished work is published along; a draft gets the change as well.
 */
export async function amend(
  desk: Desk,
  tx: Transaction,
  connection: Connection,
  amendment: Amend,
  change: Change & { readonly publish: boolean },
  now: Date,
): Promise<Mapped> {
  const head = await holdHead(tx, connection);
  const draft = await findDraft(tx, connection);
  const author = change.author.slice(0, 255);
  if (!change.publish) {
    const document = amendment(draft?.document ?? (await documentUnder(desk, tx, connection, head)));
    const { issues } = await admitUnfinished(desk, tx, connection, document, change.made);
    const basedOn = draft?.basedOn ?? head.version;
    return { draft: { ...writeDraft(tx, connection, head, { basedOn, document, author }, now), issues } };
  }
  const next = amendment(await documentUnder(desk, tx, connection, head));
  const admitted = await admit(desk, tx, connection, next, change.made);
  const published = await bringIntoEffect(desk, tx, connection, head, admitted, change, now);
  if (!draft) return { published };
  const document = amendment(draft.document);
  const { issues } = await admitUnfinished(desk, tx, connection, document, change.made);
  // The draft holds what was published since, so it is no more outdated than it was before.
  const basedOn = draft.basedOn === head.version ? published.version : draft.basedOn;
  const saved = writeDraft(tx, connection, head, { basedOn, document, author: draft.author }, now);
  return { published, draft: { ...saved, issues } };
}
