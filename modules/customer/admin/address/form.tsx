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
  TextField,
} from '../../../admin/index.ts';
import type { Attributes } from '../../customer.ts';
import { type AddressField, addressFields, addressText, streetLines } from './fields.ts';

export interface AddressFormProps {
  readonly action: string;
  readonly back: string;
  readonly version: string;
  readonly address: Attributes;
  readonly defaults: { readonly billing: boolean; readonly shipping: boolean };
  readonly countries: readonly (readonly [string, string])[];
  readonly lines: number;
  readonly required: ReadonlySet<string>;
  readonly errors: Readonly<Record<string, string>>;
  locked(code: AddressField): string | undefined;
}

/** The form of an address. */
export function AddressForm(props: AddressFormProps) {
  const { action, back, version, defaults, errors } = props;
  return (
    <Form action={action} class="stack" autocomplete={false}>
      <FormErrors errors={errors} />
      <input type="hidden" name="version" value={version} />
      <Card title="Address">
        {addressFields.map(([code, label]) => (
          <AddressInput key={code} code={code} label={label} {...props} />
        ))}
      </Card>
      <Card title="Used as">
        <CheckField name="billing" label="Default billing address" checked={defaults.billing} />
        <CheckField name="shipping" label="Default shipping address" checked={defaults.shipping} />
      </Card>
      <FormButtons>
        <Button look="primary">Save Address</Button>
        <LinkButton href={back}>Cancel</LinkButton>
      </FormButtons>
    </Form>
  );
}

function AddressInput(props: AddressFormProps & { code: AddressField; label: string }) {
  const { code, label, address, countries, required, errors } = props;
  const lock = props.locked(code);
  const value = addressText(address, code);
  const common = {
    name: code,
    label,
    required: required.has(code),
    disabled: lock !== undefined,
    error: errors[code],
    help: lock,
  };
  if (code === 'country_id') return <SelectField {...common} value={value} options={[['', '–'], ...countries]} />;
  if (code === 'street') return <Street {...props} />;
  if (code === 'region')
    return (
      <TextField
        {...common}
        value={value}
        help={lock ?? 'A name or a code: one that the country has is written with its id.'}
      />
    );
  return <TextField {...common} value={value} />;
}

function Street({ address, lines, required, errors, locked }: AddressFormProps) {
  const lock = locked('street');
  const id = fieldId('street');
  return (
    <FieldShell
      id={id}
      name="street"
      label="Street Address"
      required={required.has('street')}
      error={errors.street}
      help={lock}
    >
      {streetLines(addressText(address, 'street'), lines).map((line, at) => (
        <input
          key={at}
          id={at === 0 ? id : `${id}-${at + 1}`}
          name="street"
          value={line}
          disabled={lock !== undefined}
          aria-label={at === 0 ? undefined : `Street Address, line ${at + 1}`}
        />
      ))}
    </FieldShell>
  );
}
