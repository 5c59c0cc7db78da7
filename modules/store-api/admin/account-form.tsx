import { Button, Form, FormButtons, FormErrors, LinkButton, type Screen, screen } from '../../admin/index.ts';
import {
  type Connection,
  type CredentialErrors,
  type CredentialFields,
  NameAndExpiry,
  Rights,
  type StoreScope,
  storeScopes,
} from '../../connection/index.ts';
import { accountsPath, newAccountPath } from './places.ts';

/** What the scopes of the store API let an account do, in a sentence and in a word. */
export const scopeWords: ReadonlyMap<string, { readonly long: string; readonly short: string }> = new Map(
  Object.entries({
    'store:customers': { long: 'Read and write customers and their addresses, check passwords', short: 'Customers' },
    'store:hooks': { long: 'Read and write webhooks of this connection', short: 'Webhooks' },
  } satisfies Record<StoreScope, { long: string; short: string }>),
);

export const newAccount: CredentialFields = { name: '', expires: '', scopes: storeScopes, addresses: '' };

const offered = storeScopes.map((scope) => [scope, scopeWords.get(scope)?.long ?? ''] as const);

/** The page on which an account is made. */
export function accountScreen(connection: Connection, fields: CredentialFields, errors: CredentialErrors = {}): Screen {
  return screen({
    title: 'Create API Account',
    back: { href: accountsPath(connection), label: connection.name },
    status: Object.keys(errors).length > 0 ? 422 : 200,
    lead: 'Two accounts may work at a time, so that one can take over from the other.',
    body: (
      <Form action={newAccountPath(connection)} id="account-form" class="card" autocomplete={false}>
        <div class="card-body">
          <FormErrors errors={errors} />
          <NameAndExpiry
            fields={fields}
            errors={errors}
            help="To know it by, such as the importer's name. It stands in records and in the credentials file."
          />
          <Rights fields={fields} errors={errors} offered={offered} />
          <FormButtons>
            <Button look="primary">Create API Account</Button>
            <LinkButton href={accountsPath(connection)}>Cancel</LinkButton>
          </FormButtons>
        </div>
      </Form>
    ),
  });
}
