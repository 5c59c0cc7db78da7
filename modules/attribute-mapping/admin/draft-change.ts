import { type Redirect, redirect, type Visit } from '../../admin/index.ts';
import type { MappingDocument } from '../document/document.ts';
import { MappingError } from '../version/mapping-error.ts';
import type { SavedDraft } from '../version/version.ts';
import { authorOf, type BenchParts, benchOf, mappingPath, refusalOr, revisionSeen, visited } from './workbench.ts';

/** Makes another document of the one that is edited; undefined where what is to be changed has gone. */
export type Amendment = (document: MappingDocument) => MappingDocument | undefined;

/** Saves a changed draft in the revision that the form was made of. */
export async function amendDraft(
  visit: Visit,
  parts: BenchParts,
  amendment: Amendment,
): Promise<SavedDraft | MappingError> {
  const connection = await visited(visit, parts);
  const change = { author: authorOf(visit), revision: revisionSeen(visit) };
  return refusalOr(() =>
    parts.database.transaction(async (tx) => {
      const { document } = await benchOf(connection, tx, parts.versions);
      const changed = amendment(document);
      if (!changed)
        throw new MappingError(
          'DRAFT_CHANGED',
          'That row is not there any more; the page shows the draft as it is now.',
        );
      return parts.versions.saveDraft(tx, connection, changed, change, parts.clock.now());
    }),
  );
}

/** Changes the draft and goes back to its rows, with what was done or why it was not. */
export async function amendAndReturn(
  visit: Visit,
  parts: BenchParts,
  amendment: Amendment,
  done: string,
): Promise<Redirect> {
  const saved = await amendDraft(visit, parts, amendment);
  const to = mappingPath({ code: visit.params.code ?? '' });
  return redirect(to, saved instanceof MappingError ? { problem: conflictText(saved) } : { done });
}

/** Why a change was not made, and what to do. */
export const conflictText = ({ code, message }: MappingError): string =>
  code === 'DRAFT_CHANGED'
    ? 'Nothing was saved: somebody else has changed the draft since this page was opened. It is shown as it is now; make your change again.'
    : message;
