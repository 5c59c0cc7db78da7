import type { ComponentChildren } from 'preact';
import { Form } from './form.tsx';
import { Icon, type IconName } from './icon.tsx';

type Look = 'primary' | 'plain' | 'danger' | 'quiet';

export interface ButtonProps {
  readonly children: ComponentChildren;
  /** `primary`: the one thing the page is for. `danger`: takes something away. */
  readonly look?: Look;
  readonly icon?: IconName;
  /** Sent with the form. */
  readonly name?: string;
  readonly value?: string;
  /** The id of the form, for a button that stands outside of it (beside the heading). */
  readonly form?: string;
  readonly disabled?: boolean;
  /** Another address than the form's. */
  readonly formaction?: string;
}

/** Sends a form. */
export function Button({ children, look = 'plain', icon, name, value, form, disabled, formaction }: ButtonProps) {
  return (
    <button
      type="submit"
      class={`button ${look}`}
      name={name}
      value={value}
      form={form}
      disabled={disabled}
      formaction={formaction}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** Leads to another page and looks like a button. */
export function LinkButton({ href, children, look = 'plain', icon }: Omit<ButtonProps, 'form'> & { href: string }) {
  return (
    <a class={`button ${look}`} href={href}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}

/** A form that is nothing but its button: log out, revoke, unlock. */
export function ActionButton(props: ButtonProps & { action: string; fields?: Readonly<Record<string, string>> }) {
  const { action, fields = {}, ...button } = props;
  return (
    <Form action={action} class="inline-form">
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button {...button} />
    </Form>
  );
}
