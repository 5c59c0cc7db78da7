import type { ComponentChildren } from 'preact';
import { Button, LinkButton } from './button.tsx';
import { Form, FormButtons } from './form.tsx';
import { type Screen, screen } from './screen.ts';

export interface ConfirmationProps {
  /** A question: "Delete the user anna?" */
  readonly title: string;
  /** What will happen, and what can't be undone. */
  readonly children: ComponentChildren;
  readonly action: string;
  readonly confirm: string;
  readonly back: string;
  readonly fields?: Readonly<Record<string, string>>;
  /** `danger` unless said: what takes nothing away need not look so. */
  readonly look?: 'danger' | 'primary';
  /** 422 where the answer to the question was not right. */
  readonly status?: number;
}

/** A page that asks before something is taken away; without JavaScript as well. */
export function confirmation(props: ConfirmationProps): Screen {
  const { title, children, action, confirm, back, fields = {}, look = 'danger', status = 200 } = props;
  return screen({
    title,
    status,
    body: (
      <Form action={action} class="confirmation card">
        <div class="card-body">
          {children}
          {Object.entries(fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <FormButtons>
            <Button look={look}>{confirm}</Button>
            <LinkButton href={back}>Cancel</LinkButton>
          </FormButtons>
        </div>
      </Form>
    ),
  });
}
