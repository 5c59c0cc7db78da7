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
import type { Connection } from '../connection.ts';
import { exchangeScope, scopes } from '../scopes.ts';

/** What the form of a new token holds; of a rotation, that of the token that takes over. */
export interface TokenFields {
  readonly name: string;
  readonly expires: string;
  /** `step`: both work until somebody completes or cancels. */
  readonly overlap: string;
  readonly scopes: readonly string[];
  readonly addresses: string;
}
export type TokenErrors = Partial<Record<'name' | 'expires' | 'scopes' | 'addresses' | 'general', string>>;

export const newToken: TokenFields = { name: 'token', expires: '', overlap: 'step', scopes, addresses: '' };

export const sentToken = (form: URLSearchParams): TokenFields => ({
  name: form.get('name')?.trim() ?? '',
  expires: form.get('expires') ?? '',
  overlap: form.get('overlap') ?? 'step',
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

const overlaps = [
  ['step', 'Until I complete the rotation'],
  ['1h', 'An hour'],
  ['24h', 'A day'],
  ['7d', 'A week'],
  ['0m', 'Not at all: it stops at once'],
] as const;

/** API accounts are made on a page of their own, with the file that importers ask for. */
const offered = [...scopes, exchangeScope] as const;

const scopeWords: Readonly<Record<(typeof offered)[number], string>> = {
  'users:read': 'Read users',
  'users:write': 'Create, change and delete users',
  'groups:read': 'Read groups',
  'groups:write': 'Create, change and delete groups',
  'saml:exchange': 'Exchange codes of SAML logins for customer sessions (for the storefront, in a token of its own)',
};

interface TokenScreen {
  readonly connection: Connection;
  readonly kind: 'new' | 'rotate';
  readonly fields: TokenFields;
  readonly errors: TokenErrors;
}

/** The page on which a token is made, or one that takes over from the present one with its rights. */
export function tokenScreen({ connection: { code, name }, kind, fields, errors }: TokenScreen): Screen {
  const rotates = kind === 'rotate';
  return screen({
    title: rotates ? 'Rotate Token' : 'New Token',
    back: { href: `/admin/connections/${code}`, label: name },
    status: Object.keys(errors).length > 0 ? 422 : 200,
    lead: rotates
      ? 'The new token has the scopes and addresses of the present one, which goes on while you put the new one in place.'
      : 'Two tokens may work at a time, so that one can take over from the other.',
    body: (
      <Form action={`/admin/connections/${code}/tokens/${kind}`} id="token-form" class="card" autocomplete={false}>
        <div class="card-body">
          <FormErrors errors={errors} />
          <TextField name="name" label="Name" value={fields.name} required error={errors.name} help="To know it by." />
          <SelectField
            name="expires"
            label="Expires after"
            value={fields.expires}
            options={spans}
            error={errors.expires}
            help="You are warned 30, 14, 7 days and a day before."
          />
          {rotates ? (
            <SelectField name="overlap" label="Present token goes on" value={fields.overlap} options={overlaps} />
          ) : (
            <Rights fields={fields} errors={errors} />
          )}
          <FormButtons>
            <Button look="primary">{rotates ? 'Make the New Token' : 'Make Token'}</Button>
            <LinkButton href={`/admin/connections/${code}`}>Cancel</LinkButton>
          </FormButtons>
        </div>
      </Form>
    ),
  });
}

function Rights({ fields, errors }: { fields: TokenFields; errors: TokenErrors }) {
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
          {offered.map((scope) => (
            <label key={scope} class="check">
              <input type="checkbox" name="scope" value={scope} checked={fields.scopes.includes(scope)} />
              <span>
                {scopeWords[scope]} <small class="code">{scope}</small>
              </span>
            </label>
          ))}
        </div>
        {errors.scopes && <p class="field-error">{errors.scopes}</p>}
      </FieldGroup>
    </>
  );
}
