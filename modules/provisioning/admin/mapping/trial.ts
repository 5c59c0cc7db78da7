import type { Visit } from '../../../admin/index.ts';
import {
  type ConnectionMapping,
  documentWith,
  isKnownSource,
  type MappingVersions,
  type UserMapping,
  type WhichMapping,
} from '../../../attribute-mapping/index.ts';
import type { Connection } from '../../../connection/index.ts';
import type { CustomerAttributes } from '../../../customer/index.ts';
import { type Database, remembering } from '../../../framework/index.ts';
import type { MappingPreview, Preview, PreviewQuestion } from '../../preview/preview.ts';
import type { ReceivedPayloads } from '../../preview/received-payloads.ts';
import { recentFor, triedFirst } from './recent.ts';
import { sampleUser } from './sample.ts';

export interface TrialParts {
  readonly database: Database;
  readonly versions: MappingVersions;
  readonly mapping: UserMapping;
  readonly attributes: CustomerAttributes;
  readonly preview: MappingPreview;
  readonly payloads: ReceivedPayloads;
}

/** What a trial came to. */
export interface Trial {
  readonly incoming: unknown;
  readonly preview: Preview;
  /** Where the row that stands in the form leads to; undefined without one, and as long as it is not complete. */
  readonly row: string | undefined;
  /** The same request by the mapping in effect, where another one was tried. */
  readonly inEffect: Preview | undefined;
  /** Something to know about what was tried. */
  readonly note: string | undefined;
}

interface Tried {
  readonly mapping: ConnectionMapping;
  readonly which: WhichMapping;
  readonly row?: string;
  readonly note?: string;
}

/** Tries the payload that a form names by the draft, and by the row that stands in the form. A text says what is wrong. */
export async function tryForm(visit: Visit, parts: TrialParts, connection: Connection): Promise<Trial | string> {
  const asked = await requestIn(visit, parts, connection);
  if (typeof asked === 'string') return asked;
  await parts.mapping.ready(parts.database, connection);
  const { mapping, which, row, note } = await mappingIn(visit, parts, connection);
  // Both trials are of the same request: what the second reads, the first has read.
  const same = { connection, ...asked, database: remembering(parts.database) };
  const preview = await parts.preview.preview({ ...same, mapping, which });
  const inEffect = which === 'published' ? undefined : await parts.preview.preview(same);
  return { incoming: asked.body, preview, row, inEffect, note };
}

async function mappingIn({ form }: Visit, parts: TrialParts, connection: Connection): Promise<Tried> {
  const { database, versions, mapping } = parts;
  const draft = await versions.draft(database, connection);
  const current: Tried = draft
    ? { mapping: mapping.compiled(connection, draft.document), which: 'draft' }
    : { mapping: mapping.of(connection), which: 'published' };
  if (!form.has('type')) return current;
  const document = draft?.document ?? (await versions.inEffect(database, connection)).document;
  const changed = documentWith(form, document, form.get('row') ?? undefined, (source, among) =>
    isKnownSource(source, among, parts.attributes.known()),
  );
  if (changed) return { mapping: mapping.compiled(connection, changed), which: 'draft', row: form.get('target') ?? '' };
  return { ...current, note: 'The row is not complete yet; this is what comes of the mapping without it.' };
}

type Asked = Pick<PreviewQuestion, 'body' | 'method' | 'id'>;

/** The request that a form names: what was pasted, else a received payload, else the newest user, else the sample. */
async function requestIn(visit: Visit, parts: TrialParts, connection: Connection): Promise<Asked | string> {
  const { form } = visit;
  const pasted = form.get('text')?.trim() ?? '';
  if (pasted !== '') {
    try {
      return { body: JSON.parse(pasted) as unknown };
    } catch (error) {
      return `What is pasted is no JSON: ${error instanceof Error ? error.message : String(error)}.`;
    }
  }
  const chosen = form.get('payload') ?? '';
  if (chosen === 'sample') return { body: sampleUser };
  const recent = await recentFor(visit, parts.payloads, connection);
  const found = chosen === '' ? triedFirst(recent) : recent.find(({ record }) => String(record) === chosen);
  if (!found)
    return chosen === '' ? { body: sampleUser } : 'That payload is not among the last twenty any more; choose another.';
  const id = /^\/Users\/([^/?]+)/.exec(found.path)?.[1];
  // A creation that has happened would be refused as one; it is tried as what it would be today.
  if (found.method === 'PUT' || found.method === 'PATCH') return { body: found.body, method: found.method, id };
  return { body: found.body };
}
