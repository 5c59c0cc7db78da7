import {
  Button,
  Card,
  CheckField,
  FieldShell,
  Form,
  FormButtons,
  FormErrors,
  fieldId,
  LinkButton,
  SelectField,
  TextAreaField,
  TextField,
} from '../../../admin/index.ts';
import type { EditField } from './fields.ts';

export interface EditFormProps {
  readonly action: string;
  readonly back: string;
  /** When the row was written last: a form that was overtaken is not saved. */
  readonly version: string;
  readonly groups: readonly { readonly title: string; readonly fields: readonly EditField[] }[];
  readonly newsletter: boolean;
  readonly newsletterLocked: string | undefined;
  readonly errors: Readonly<Record<string, string>>;
}

/** One attribute by its input; what somebody else owns is shown and can't be changed. */
export function EditInput({ field, error }: { field: EditField; error?: string | undefined }) {
  const { code, label, input, required, options, value, locked } = field;
  const common = { name: code, label, required, disabled: locked !== undefined, help: locked, error };
  switch (input) {
    case 'textarea':
      return <TextAreaField {...common} value={value} />;
    case 'select':
    case 'boolean':
      return <SelectField {...common} value={value} options={required ? options : [['', '–'], ...options]} />;
    case 'multiselect':
      return <Choices field={field} error={error} />;
    case 'number':
      return <TextField {...common} value={value} inputmode="numeric" />;
    default:
      return <TextField {...common} type={input} value={value} />;
  }
}

function Choices({ field, error }: { field: EditField; error?: string | undefined }) {
  const { code, label, required, options, value, locked } = field;
  const chosen = new Set(value.split(','));
  const id = fieldId(code);
  return (
    <FieldShell id={id} name={code} label={label} required={required} error={error} help={locked}>
      <input type="hidden" name={code} value="" />
      <select
        id={id}
        name={code}
        multiple
        disabled={locked !== undefined}
        size={Math.min(6, Math.max(2, options.length))}
        aria-describedby={locked === undefined ? undefined : `${id}-help`}
      >
        {options.map(([option, words]) => (
          <option key={option} value={option} selected={chosen.has(option)}>
            {words}
          </option>
        ))}
      </select>
    </FieldShell>
  );
}

/** The form of a customer. */
export function EditForm(props: EditFormProps) {
  const { action, back, version, groups, newsletter, newsletterLocked, errors } = props;
  return (
    <Form action={action} class="stack" autocomplete={false}>
      <FormErrors errors={errors} />
      <input type="hidden" name="version" value={version} />
      {groups
        .filter(({ fields }) => fields.length > 0)
        .map(({ title, fields }) => (
          <Card key={title} title={title}>
            {fields.map((field) => (
              <EditInput key={field.code} field={field} error={errors[field.code]} />
            ))}
          </Card>
        ))}
      <Card title="Newsletter">
        <CheckField
          name="newsletter"
          label="Subscribed to the newsletter"
          checked={newsletter}
          disabled={newsletterLocked !== undefined}
          help={
            newsletterLocked ??
            "Of the customer's website. Where the store asks subscribers to confirm, it waits for that."
          }
        />
      </Card>
      <FormButtons>
        <Button look="primary">Save Customer</Button>
        <LinkButton href={back}>Cancel</LinkButton>
      </FormButtons>
    </Form>
  );
}
