import { action } from '../../admin/index.ts';
import { amendAndReturn } from './draft-change.ts';
import { movedRow, switchedRow, withoutRow, withoutSource } from './row-place.ts';
import { benchParts } from './workbench.ts';

const edit = { acl: 'attribute-mapping::edit', inject: benchParts } as const;
const row = '/admin/connections/:code/mapping/rows/:row' as const;

const move = action(`${row}/move`, {
  ...edit,
  perform: (visit, parts) =>
    amendAndReturn(
      visit,
      parts,
      (document) => movedRow(document, visit.params.row ?? '', visit.form.get('direction') === 'up' ? -1 : 1),
      `The row “${visit.params.row}” was moved in the draft.`,
    ),
});

const switchOver = action(`${row}/switch`, {
  ...edit,
  perform: (visit, parts) =>
    amendAndReturn(
      visit,
      parts,
      (document) => switchedRow(document, visit.params.row ?? ''),
      `The row “${visit.params.row}” was switched in the draft.`,
    ),
});

const remove = action(`${row}/delete`, {
  ...edit,
  perform: (visit, parts) =>
    amendAndReturn(
      visit,
      parts,
      (document) => withoutRow(document, visit.params.row ?? ''),
      `The row “${visit.params.row}” was deleted from the draft; “Discard Draft” brings it back.`,
    ),
});

const removeSource = action('/admin/connections/:code/mapping/sources/remove', {
  ...edit,
  perform: (visit, parts) =>
    amendAndReturn(
      visit,
      parts,
      (document) => withoutSource(document, visit.form.get('source') ?? ''),
      `“${visit.form.get('source')}” is no longer declared in the draft.`,
    ),
});

export const rowActions = [move, switchOver, remove, removeSource];
