import { counted } from '../../admin/index.ts';
import type { ChangedField, MappingDifference } from '../version/difference.ts';
import { describeRow } from '../version/row-text.ts';

/** `1 row added, 2 changed`, or that nothing differs. */
export function differenceWords({ same, added, removed, changed, moved, sources }: MappingDifference): string {
  if (same) return 'says the same as what is in effect';
  const parts = [
    [added.length, 'added'],
    [changed.length, 'changed'],
    [removed.length, 'removed'],
    [moved.length, 'moved'],
  ].flatMap(([count, word]) => (count ? [`${counted(Number(count), 'row')} ${word}`] : []));
  const declared = sources.added.length + sources.removed.length + sources.changed.length;
  return [...parts, ...(declared > 0 ? [`${counted(declared, 'declared source')} differ`] : [])].join(', ');
}

const valueText = (value: unknown): string =>
  value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value);

/** What goes without saying in a row. */
const usual: Readonly<Record<string, unknown>> = {
  enabled: true,
  apply: 'always',
  onNull: 'clear',
  required: false,
  locked: false,
};

function Fields({ fields }: { fields: readonly ChangedField[] }) {
  return (
    <ul>
      {fields.map(({ field, before, after }) => (
        <li key={field}>
          {field}: <del>{valueText(before ?? usual[field])}</del> → <ins>{valueText(after ?? usual[field])}</ins>
        </li>
      ))}
    </ul>
  );
}

/** What differs, row by row and field by field. */
export function DifferenceList({ difference: told }: { difference: MappingDifference }) {
  if (told.same) return <p class="muted">They say the same.</p>;
  const { added, removed, changed, moved, sources } = told;
  return (
    <ul class="mapping-difference">
      {sources.added.map(({ name }) => (
        <li key={`+${name}`} class="added">
          <b>Declared</b> <code>{name}</code>
        </li>
      ))}
      {sources.removed.map(({ name }) => (
        <li key={`-${name}`} class="removed">
          <b>No longer declared</b> <code>{name}</code>
        </li>
      ))}
      {sources.changed.map(({ name, fields }) => (
        <li key={`~${name}`} class="changed">
          <b>Declared otherwise</b> <code>{name}</code>
          <Fields fields={fields} />
        </li>
      ))}
      {added.map((row) => (
        <li key={`+${row.id}`} class="added">
          <b>Added</b> <code>{row.id}</code> {describeRow(row)}
        </li>
      ))}
      {removed.map((row) => (
        <li key={`-${row.id}`} class="removed">
          <b>Removed</b> <code>{row.id}</code> {describeRow(row)}
        </li>
      ))}
      {changed.map(({ id, fields }) => (
        <li key={`~${id}`} class="changed">
          <b>Changed</b> <code>{id}</code>
          <Fields fields={fields} />
        </li>
      ))}
      {moved.map(({ id, from, to }) => (
        <li key={`>${id}`} class="changed">
          <b>Moved</b> <code>{id}</code> from place {from} to {to}
        </li>
      ))}
    </ul>
  );
}
