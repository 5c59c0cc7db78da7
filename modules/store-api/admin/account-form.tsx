import {
  Button,
  FieldGroup,
  Form,
  FormButtons,
  FormErrors,
  LinkButton,
  type Screen,
  SelectField,
  screen,
  TextField,
} from '../../admin/index.ts';
import { type Connection, type StoreScope, storeScopes } from '../../connection/index.ts';
import { accountsPath, newAccountPath } from './places.ts';

/** What the scopes of the store API let an account do, in a sentence and in a word. */
export const scopeWords: ReadonlyMap<string, { readonly long: string; readonly short: string }> = new Map(
  Object.entries({
    'store:customers': { long: 'Read and write customers and their addresses, check passwords', short: 'Customers' },
    'store:hooks': { long: 'Read and write webhooks of this connection', short: 'Webhooks' },
  } satisfies Record<StoreScope, { long: string; short: string }>),
);

/** What the form of a new account holds. */
export interface AccountFields {
  readonly name: string;
  readonly expires: string;
  readonly scopes: readonly string[];
  readonly addresses: string;
}
export type AccountErrors = Partial<Record<'name' | 'expires' | 'scopes' | 'addresses' | 'general', string>>;

export const newAccount: AccountFields = { name: '', expires: '', scopes: storeScopes, addresses: '' };

export const sentAccount = (form: URLSearchParams): AccountFields => ({
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

/** The page on which an account is made. */
export function accountScreen(connection: Connection, fields: AccountFields, errors: AccountErrors = {}): Screen {
  return screen({
    title: 'Create API Account',
    back: { href: accountsPath(connection), label: connection.name },
    status: Object.keys(errors).length > 0 ? 422 : 200,
    lead: 'Two accounts may work at a time, so that one can take over from the other.',
    body: (
      <Form action={newAccountPath(connection)} id="account-form" class="card" autocomplete={false}>
        <div class="card-body">
          <FormErrors errors={errors} />
          <TextField
            name="name"
            label="Name"
            value={fields.name}
            required
            error={errors.name}
            help="To know it by, such as the importer's name. It stands in records and in the credentials file."
          />
          <SelectField
            name="expires"
            label="Expires after"
            value={fields.expires}
            options={spans}
            error={errors.expires}
            help="You are warned 30, 14, 7 days and a day before."
          />
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
              {storeScopes.map((scope) => (
                <label key={scope} class="check">
                  <input type="checkbox" name="scope" value={scope} checked={fields.scopes.includes(scope)} />
                  <span>
                    {scopeWords.get(scope)?.long} <small class="code">{scope}</small>
                  </span>
                </label>
              ))}
            </div>
            {errors.scopes && <p class="field-error">{errors.scopes}</p>}
          </FieldGroup>
          <FormButtons>
            <Button look="primary">Create API Account</Button>
            <LinkButton href={accountsPath(connection)}>Cancel</LinkButton>
          </FormButtons>
        </div>
      </Form>
    ),
  });
}
