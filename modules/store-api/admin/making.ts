import { action, page } from '../../admin/index.ts';
import {
  actorOfVisit,
  askedConnection,
  ConnectionError,
  type CredentialErrors,
  sentCredential,
} from '../../connection/index.ts';
import { readAccount } from '../account/given-account.ts';
import { StoreRefusal } from '../refusal.ts';
import { accountScreen, newAccount } from './account-form.tsx';
import { accountShown } from './account-shown.tsx';
import { services } from './services.ts';

const path = '/admin/connections/:code/api-accounts/new';
const acl = 'store-api::manage';

export const newAccountPage = page(path, {
  acl,
  inject: services,
  view: async (visit, { database, connections }) =>
    accountScreen(await askedConnection(visit, connections, database), newAccount),
});

const fieldOf: Readonly<Record<string, keyof CredentialErrors>> = {
  NAME_INVALID: 'name',
  ADDRESS_INVALID: 'addresses',
  TOKEN_EXPIRY_INVALID: 'expires',
};

/** What is wrong with the form, by its fields; undefined for an error that the form did not make. */
function faultsOf(error: unknown): CredentialErrors | undefined {
  if (error instanceof StoreRefusal) return { scopes: error.message };
  return error instanceof ConnectionError ? { [fieldOf[error.code] ?? 'general']: error.message } : undefined;
}

export const makeAccount = action(path, {
  acl,
  fresh: true,
  inject: services,
  async perform(visit, { database, connections, accounts, clock }) {
    const connection = await askedConnection(visit, connections, database);
    const fields = sentCredential(visit.form);
    const now = clock.now();
    try {
      const wanted = readAccount({ ...fields, scopes: fields.scopes.join(',') }, now);
      const { credentials } = await database.transaction((tx) =>
        accounts.create(tx, connection, wanted, now, actorOfVisit(visit)),
      );
      return accountShown(connection, credentials);
    } catch (error) {
      const faults = faultsOf(error);
      if (!faults) throw error;
      return accountScreen(connection, fields, faults);
    }
  },
});
