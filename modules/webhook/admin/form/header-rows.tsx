import { fieldId } from '../../../admin/index.ts';
import type { HeaderRow } from './fields.ts';

/** Empty rows below those that are there: without scripts, more come with each save. */
const spare = 2;

/** Custom headers, a row each. What is stored of their values is never shown, and stays unless it is typed anew. */
export function HeaderRows({ rows, error }: { rows: readonly HeaderRow[]; error: string | undefined }) {
  const empty = { name: '', value: '', stored: false };
  const shown: readonly HeaderRow[] = [...rows, ...Array.from({ length: rows.length === 0 ? 1 : spare }, () => empty)];
  const errorId = `${fieldId('headers')}-error`;
  return (
    <div class={error ? 'header-rows has-error' : 'header-rows'} id={fieldId('headers')} tabIndex={-1}>
      {error && (
        <p class="field-error" id={errorId}>
          {error}
        </p>
      )}
      {shown.map(({ name, value, stored }, row) => (
        <div key={row} class="header-row">
          <input
            name="headerName"
            class="code"
            value={name}
            placeholder="name"
            aria-label={`Name of header ${row + 1}`}
            aria-describedby={error ? errorId : undefined}
            autocomplete="off"
            spellcheck={false}
          />
          <input
            name="headerValue"
            class="code"
            value={value}
            placeholder={stored ? '•••••••• (stays unless you type another)' : 'value'}
            aria-label={`Value of header ${row + 1}`}
            autocomplete="off"
            spellcheck={false}
          />
        </div>
      ))}
      <p class="field-help">
        They are kept encrypted and shown to nobody once saved. To drop a header, empty its name; two empty rows come
        with each save.
      </p>
    </div>
  );
}
