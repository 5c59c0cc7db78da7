import type { ComponentChildren } from 'preact';
import { usePage } from './context.ts';

export interface FormProps {
  readonly action: string;
  readonly children: ComponentChildren;
  readonly id?: string;
  readonly class?: string;
  /** What the form is called, where its heading doesn't say. */
  readonly label?: string;
  /** False for a form whose fields a password manager must not fill. */
  readonly autocomplete?: boolean;
}

/** A form that changes something. It carries the token without which nothing is changed: never write `<form>` by hand. */
export function Form({ action, children, id, class: name, label, autocomplete = true }: FormProps) {
  return (
    <form
      method="post"
      action={action}
      id={id}
      class={name}
      aria-label={label}
      autocomplete={autocomplete ? undefined : 'off'}
      novalidate
    >
      <input type="hidden" name="_token" value={usePage().formToken} />
      {children}
    </form>
  );
}

/** A form that only asks: a search, a filter. Its fields become the query of the address. */
export function QueryForm({ action, children, id, class: name, label }: FormProps) {
  return (
    <form method="get" action={action} id={id} class={name} aria-label={label}>
      {children}
    </form>
  );
}

/** The row of buttons at the end of a form. */
export function FormButtons({ children }: { children: ComponentChildren }) {
  return <div class="form-buttons">{children}</div>;
}

/** A group of fields under a heading. */
export function FieldGroup({ legend, children, help }: { legend: string; children: ComponentChildren; help?: string }) {
  return (
    <fieldset class="field-group">
      <legend>{legend}</legend>
      {help && <p class="group-help">{help}</p>}
      {children}
    </fieldset>
  );
}

/** What is wrong with a form, above it, each with a link to its field. Nothing where nothing is. */
export function FormErrors({ errors }: { errors: Readonly<Record<string, string | undefined>> }) {
  const found = Object.entries(errors).flatMap(([field, message]) => (message ? [{ field, message }] : []));
  if (found.length === 0) return null;
  return (
    <div class="notice problem" role="alert" tabIndex={-1}>
      <div>
        <strong>
          {found.length === 1 ? 'One thing is to be corrected' : `${found.length} things are to be corrected`}
        </strong>
        <ul>
          {found.map(({ field, message }) => (
            <li key={field}>
              <a href={`#${fieldId(field)}`}>{message}</a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

/** The id of the field with this name. */
export const fieldId = (name: string): string => `field-${name.replace(/[^A-Za-z0-9_-]/g, '-')}`;
