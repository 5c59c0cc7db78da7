import type { ComponentChildren } from 'preact';
import { fieldId } from './form.tsx';

interface FieldBase {
  readonly name: string;
  readonly label: string;
  /** A sentence below the field. */
  readonly help?: ComponentChildren;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly disabled?: boolean;
}

type TextType = 'text' | 'password' | 'email' | 'number' | 'search' | 'date' | 'datetime-local' | 'url';

export interface TextFieldProps extends FieldBase {
  readonly type?: TextType;
  readonly value?: string | number | undefined;
  readonly placeholder?: string;
  readonly autocomplete?: string;
  readonly autofocus?: boolean;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** Numeric keys on phones. */
  readonly inputmode?: 'numeric' | 'text';
  /** In the type of code: tokens, expressions, addresses. */
  readonly code?: boolean;
  /** What may be chosen; anything else may be typed. */
  readonly suggestions?: readonly string[] | undefined;
}

/** The ids of what explains a field, for `aria-describedby`. */
const describedBy = (id: string, help: unknown, error: unknown): string | undefined =>
  [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;

export interface FieldShellProps extends FieldBase {
  readonly id: string;
  readonly children: ComponentChildren;
  /** Stands at the right of the control. */
  readonly aside?: ComponentChildren;
  /** Stands below everything else. */
  readonly foot?: ComponentChildren;
}

/** Label, control, help and error of one field, as every form shows them. */
export function FieldShell(props: FieldShellProps) {
  const { id, label, help, error, required, children, aside, foot } = props;
  return (
    <div class={error ? 'field has-error' : 'field'}>
      <label class="field-label" for={id}>
        {label}
        {required && (
          <span class="required" title="required">
            {' '}
            *
          </span>
        )}
      </label>
      <div class="field-control">
        {children}
        {error && (
          <p class="field-error" id={`${id}-error`}>
            {error}
          </p>
        )}
        {help && (
          <p class="field-help" id={`${id}-help`}>
            {help}
          </p>
        )}
        {foot}
      </div>
      {aside && <div class="field-aside">{aside}</div>}
    </div>
  );
}

const common = ({ name, help, error, required, disabled }: FieldBase) => ({
  id: fieldId(name),
  name,
  required,
  disabled,
  'aria-invalid': error ? ('true' as const) : undefined,
  'aria-describedby': describedBy(fieldId(name), help, error),
});

/** The control of a text field alone, for places that bring their own label. */
export function TextInput(props: TextFieldProps) {
  const { type = 'text', value, placeholder, autocomplete, autofocus, min, max, inputmode, code } = props;
  const { suggestions = [] } = props;
  const list = suggestions.length > 0 ? `${fieldId(props.name)}-suggestions` : undefined;
  const input = (
    <input
      {...common(props)}
      type={type as 'text'}
      value={value}
      placeholder={placeholder}
      autocomplete={autocomplete}
      autofocus={autofocus}
      min={min}
      max={max}
      inputMode={inputmode}
      class={code ? 'code' : undefined}
      spellcheck={code ? false : undefined}
      list={list}
    />
  );
  if (list === undefined) return input;
  return (
    <>
      {input}
      <datalist id={list}>
        {suggestions.map((text) => (
          <option key={text} value={text} />
        ))}
      </datalist>
    </>
  );
}

/** One line of text, a password, a number, a day. */
export function TextField(props: TextFieldProps & { aside?: ComponentChildren }) {
  return (
    <FieldShell {...props} id={fieldId(props.name)}>
      <TextInput {...props} />
    </FieldShell>
  );
}

export interface TextAreaProps extends FieldBase {
  readonly value?: string | undefined;
  readonly rows?: number;
  readonly code?: boolean;
}

export function TextAreaInput(props: TextAreaProps) {
  return (
    <textarea
      {...common(props)}
      rows={props.rows ?? 4}
      class={props.code ? 'code' : undefined}
      spellcheck={!props.code}
    >
      {props.value ?? ''}
    </textarea>
  );
}

/** Several lines of text. */
export function TextAreaField(props: TextAreaProps & { aside?: ComponentChildren }) {
  return (
    <FieldShell {...props} id={fieldId(props.name)}>
      <TextAreaInput {...props} />
    </FieldShell>
  );
}

/**
 * Takes a file's text into the field of this name, which is then sent as if it had been pasted: no file ever travels.
 * Shown where scripts can do it.
 */
export function FileIntoText({ field, label, accept }: { field: string; label: string; accept: string }) {
  return (
    <label class="file-into-text" data-into={fieldId(field)} hidden>
      <span class="button plain">{label}</span>
      <input type="file" class="visually-hidden" accept={accept} />
      <span role="status" />
    </label>
  );
}

export interface SelectProps extends FieldBase {
  readonly value?: string | undefined;
  /** Value → words; an empty value first for "nothing chosen". */
  readonly options: Readonly<Record<string, string>> | readonly (readonly [string, string])[];
}

export function SelectInput(props: SelectProps) {
  const options: readonly (readonly [string, string])[] = Array.isArray(props.options)
    ? props.options
    : Object.entries(props.options);
  return (
    <select {...common(props)}>
      {options.map(([value, words]) => (
        <option key={value} value={value} selected={value === props.value}>
          {words}
        </option>
      ))}
    </select>
  );
}

/** One of several. */
export function SelectField(props: SelectProps & { aside?: ComponentChildren }) {
  return (
    <FieldShell {...props} id={fieldId(props.name)}>
      <SelectInput {...props} />
    </FieldShell>
  );
}

export interface CheckProps extends FieldBase {
  readonly checked?: boolean;
  readonly value?: string;
}

/** Yes or no. A box that is not ticked sends nothing: read it with `form.has(name)`. */
export function CheckField(props: CheckProps) {
  const id = fieldId(props.name);
  return (
    <div class={props.error ? 'field check-field has-error' : 'field check-field'}>
      <div class="field-control">
        <label class="check" for={id}>
          <input {...common(props)} type="checkbox" value={props.value ?? '1'} checked={props.checked} />
          <span>{props.label}</span>
        </label>
        {props.error && (
          <p class="field-error" id={`${id}-error`}>
            {props.error}
          </p>
        )}
        {props.help && (
          <p class="field-help" id={`${id}-help`}>
            {props.help}
          </p>
        )}
      </div>
    </div>
  );
}
