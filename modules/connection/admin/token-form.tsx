import {
  Button,
  Form,
  FormButtons,
  FormErrors,
  LinkButton,
  type Screen,
  SelectField,
  screen,
} from '../../admin/index.ts';
import type { Connection } from '../connection.ts';
import { exchangeScope, scopes } from '../scopes.ts';
import {
  type CredentialErrors,
  type CredentialFields,
  NameAndExpiry,
  Rights,
  sentCredential,
} from './credential-fields.tsx';

/** What the form of a new token holds; of a rotation, that of the token that takes over. */
export interface TokenFields extends CredentialFields {
  /** `step`: both work until somebody completes or cancels. */
  readonly overlap: string;
}
export type TokenErrors = CredentialErrors;

export const newToken: TokenFields = { name: 'token', expires: '', overlap: 'step', scopes, addresses: '' };

export const sentToken = (form: URLSearchParams): TokenFields => ({
  ...sentCredential(form),
  overlap: form.get('overlap') ?? 'step',
});

const overlaps = [
  ['step', 'Until I complete the rotation'],
  ['1h', 'An hour'],
  ['24h', 'A day'],
  ['7d', 'A week'],
  ['0m', 'Not at all: it stops at once'],
] as const;

/** API accounts are made on a page of their own, with the file that importers ask for. */
const scopeWords: Readonly<Record<(typeof scopes)[number] | typeof exchangeScope, string>> = {
  'users:read': 'Read users',
  'users:write': 'Create, change and delete users',
  'groups:read': 'Read groups',
  'groups:write': 'Create, change and delete groups',
  'saml:exchange': 'Exchange codes of SAML logins for customer sessions (for the storefront, in a token of its own)',
};
const offered = [...scopes, exchangeScope].map((scope) => [scope, scopeWords[scope]] as const);

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
          <NameAndExpiry fields={fields} errors={errors} help="To know it by." />
          {rotates ? (
            <SelectField name="overlap" label="Present token goes on" value={fields.overlap} options={overlaps} />
          ) : (
            <Rights fields={fields} errors={errors} offered={offered} />
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
