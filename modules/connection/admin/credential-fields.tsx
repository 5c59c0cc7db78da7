import { FieldGroup, SelectField, TextField } from '../../admin/index.ts';

/** What every form of a token says of it: of a SCIM token, of an account of the store API. */
export interface CredentialFields {
  readonly name: string;
  readonly expires: string;
  readonly scopes: readonly string[];
  readonly addresses: string;
}
export type CredentialErrors = Partial<Record<'name' | 'expires' | 'scopes' | 'addresses' | 'general', string>>;

export const sentCredential = (form: URLSearchParams): CredentialFields => ({
  name: form.get('name')?.trim() ?? '',
  expires: form.get('expires') ?? '',
  scopes: form.getAll('scope'),
  addresses: form.get('addresses')?.trim() ?? '',
});

const spans = [
  ['', 'Never'],
  ['30d', '30 days'],
  ['90d', '90 days'],
  ['180d', '180 days'],
  ['365d', 'a year'],
  ['730d', 'two years'],
] as const;

interface Given {
  readonly fields: CredentialFields;
  readonly errors: CredentialErrors;
}

/** What it is called, `help` says what for, and how long it works. */
export function NameAndExpiry({ fields, errors, help }: Given & { readonly help: string }) {
  return (
    <>
      <TextField name="name" label="Name" value={fields.name} required error={errors.name} help={help} />
      <SelectField
        name="expires"
        label="Expires after"
        value={fields.expires}
        options={spans}
        error={errors.expires}
        help="You are warned 30, 14, 7 days and a day before."
      />
    </>
  );
}

/** Where it may be used from, and what it lets its holder do: `offered` scopes with what they mean. */
export function Rights({
  fields,
  errors,
  offered,
}: Given & { readonly offered: readonly (readonly [scope: string, meaning: string])[] }) {
  return (
    <>
      <TextField
        name="addresses"
        label="Addresses"
        value={fields.addresses}
        code
        error={errors.addresses}
        placeholder="any"
        help="Where it may be used from: addresses and networks such as 192.0.2.0/24, with commas. Empty is anywhere."
      />
      <FieldGroup legend="Scopes">
        <div class="choices" id="field-scopes">
          {offered.map(([scope, meaning]) => (
            <label key={scope} class="check">
              <input type="checkbox" name="scope" value={scope} checked={fields.scopes.includes(scope)} />
              <span>
                {meaning} <small class="code">{scope}</small>
              </span>
            </label>
          ))}
        </div>
        {errors.scopes && <p class="field-error">{errors.scopes}</p>}
      </FieldGroup>
    </>
  );
}
