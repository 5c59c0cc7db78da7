import { action, Notice, PanelStack, page, redirect, type Screen, screen, type Visit } from '../../admin/index.ts';
import type { Connection } from '../../connection/index.ts';
import { CustomerAttributes } from '../../customer/index.ts';
import { HttpError, type Resolved } from '../../framework/index.ts';
import type { MappingDocument } from '../document/document.ts';
import { UserMapping } from '../mapping.ts';
import { isKnownSource } from '../source/known.ts';
import { Transforms } from '../transform/transform.ts';
import { MappingError } from '../version/mapping-error.ts';
import { amendDraft } from './draft-change.ts';
import { MappingPanels, panelsFor, SeenSources } from './extension-points.ts';
import { type FieldErrors, type ReadRow, readRow, rowValues } from './row-fields.ts';
import { RowForm } from './row-form.tsx';
import { findRow, freshId, withRow } from './row-place.ts';
import { type RowValues, valuesOf } from './row-values.ts';
import { schemaSources } from './sources.ts';
import { targetGroups } from './targets.ts';
import { type Bench, backToMapping, benchOf, benchParts, mappingPath, visited } from './workbench.ts';

const inject = {
  ...benchParts,
  attributes: CustomerAttributes,
  mapping: UserMapping,
  transforms: Transforms,
  panels: MappingPanels,
  seen: SeenSources,
};
type Parts = Resolved<typeof inject>;
const edit = { acl: 'attribute-mapping::edit', inject } as const;

const newRow = page('/admin/connections/:code/mapping/rows/new', {
  ...edit,
  async view(visit, parts) {
    const connection = await visited(visit, parts);
    const bench = await benchOf(connection, parts.database, parts.versions);
    return rowScreen(visit, parts, bench, { values: valuesOf(undefined), errors: {} });
  },
});

const oneRow = page('/admin/connections/:code/mapping/rows/:row', {
  ...edit,
  async view(visit, parts) {
    const connection = await visited(visit, parts);
    const bench = await benchOf(connection, parts.database, parts.versions);
    const row = findRow(bench.document, visit.params.row ?? '');
    if (!row)
      throw new HttpError(404, 'ROW_UNKNOWN', 'The mapping has no such row; it may have been deleted meanwhile.');
    return rowScreen(visit, parts, bench, { values: valuesOf(row), errors: {} });
  },
});

interface Shown {
  readonly values: RowValues;
  readonly errors: FieldErrors;
  /** Why it was not saved, where no field is wrong. */
  readonly problem?: string;
  readonly status?: number;
}

async function rowScreen(visit: Visit, parts: Parts, bench: Bench, shown: Shown): Promise<Screen> {
  const { connection, revision } = bench;
  const { row } = visit.params;
  const path = mappingPath(connection, row === undefined ? '/rows/new' : `/rows/${encodeURIComponent(row)}`);
  await parts.mapping.ready(parts.database, connection);
  const compiled = parts.mapping.compiled(connection, bench.document);
  const seen = new Set((await Promise.all(parts.seen.map((one) => one.of(connection, visit)))).flat());
  return screen({
    title: row === undefined ? 'New Row' : `Row ${row}`,
    back: backToMapping(connection),
    status: shown.status ?? (Object.keys(shown.errors).length > 0 ? 422 : 200),
    body: (
      <div class="stack">
        {shown.problem !== undefined && <Notice kind="problem">{shown.problem}</Notice>}
        <div class="row-editor">
          <RowForm
            action={path}
            back={mappingPath(connection)}
            revision={revision}
            values={shown.values}
            errors={shown.errors}
            groups={targetGroups(parts.attributes.known())}
            schema={schemaSources(compiled)}
            seen={[...seen]}
            transforms={parts.transforms}
          />
          <div class="beside">{await PanelStack(panelsFor(parts.panels, connection), 'row', visit)}</div>
        </div>
      </div>
    ),
  });
}

/** The row that a form says, with an error where its source is neither known nor declared. */
export function rowIn(
  form: URLSearchParams,
  document: MappingDocument,
  id: string | undefined,
  known: Known,
): { readonly values: RowValues; readonly read: ReadRow } {
  const values = rowValues(form);
  const before = id === undefined ? undefined : findRow(document, id);
  const read = readRow(values, id ?? freshId(document, values.target), before);
  if ('errors' in read || values.declare || !('source' in read.row) || known(read.row.source, document))
    return { values, read };
  const source = `No known schema has the attribute “${read.row.source}”. Correct it, or tick “Declare this source” if the provider sends it.`;
  return { values, read: { errors: { source } } };
}

type Known = (source: string, document: MappingDocument) => boolean;

/** The document as it would be with the row that a form says; undefined while the form is no row yet. */
export function documentWith(form: URLSearchParams, document: MappingDocument, id: string | undefined, known: Known) {
  const { values, read } = rowIn(form, document, id, () => true);
  return 'errors' in read ? undefined : withRow(document, read.row, declarationIn(values, read, document, known));
}

const declarationIn = ({ declare }: RowValues, read: ReadRow, document: MappingDocument, known: Known) =>
  declare && 'row' in read && 'source' in read.row && !known(read.row.source, document)
    ? { name: read.row.source }
    : undefined;

async function saveRow(visit: Visit, parts: Parts) {
  const connection: Connection = await visited(visit, parts);
  const { database, versions } = parts;
  await parts.attributes.all(database);
  const known: Known = (source, document) => isKnownSource(source, document, parts.attributes.known());
  const bench = await benchOf(connection, database, versions);
  const { values, read } = rowIn(visit.form, bench.document, visit.params.row, known);
  if ('errors' in read) return rowScreen(visit, parts, bench, { values, errors: read.errors });
  const declared = declarationIn(values, read, bench.document, known);
  const saved = await amendDraft(visit, parts, (document) => withRow(document, read.row, declared));
  if (saved instanceof MappingError) {
    const now = await benchOf(connection, database, versions);
    const problem =
      saved.code === 'DRAFT_CHANGED'
        ? 'Not saved: somebody else has changed the draft since this form was opened. Your values stand below; save again to put this row into the draft as it is now.'
        : saved.message;
    return rowScreen(visit, parts, now, { values, errors: {}, problem, status: 409 });
  }
  const wrong = saved.issues.filter(({ row, severity }) => row === read.row.id && severity === 'error');
  return redirect(
    mappingPath(connection),
    wrong.length > 0
      ? { note: `The row “${read.row.id}” was saved in the draft, but can't be published yet: ${wrong[0]?.message}` }
      : { done: `The row “${read.row.id}” was saved in the draft. Publish it to bring it into effect.` },
  );
}

const createRow = action('/admin/connections/:code/mapping/rows/new', { ...edit, perform: saveRow });
const changeRow = action('/admin/connections/:code/mapping/rows/:row', { ...edit, perform: saveRow });

export const rowPages = [newRow, oneRow, createRow, changeRow];
