import { actorOfRequest, Body, Connections, orRefuse } from '../../../connection/index.ts';
import { Clock, Database, HttpError, type Route, route } from '../../../framework/index.ts';
import { type ApiAccount, ApiAccounts } from '../../account/api-account.ts';
import { credentialsFile } from '../../account/credentials.ts';
import { readAccount } from '../../account/given-account.ts';
import { stateOf } from '../../account/state.ts';
import { StoreRefusal } from '../../refusal.ts';
import { accountOperations } from './operations.ts';

const base = '/admin/api/v1/connections/:code/api-accounts';
const inject = { database: Database, connections: Connections, accounts: ApiAccounts, clock: Clock };

/** An account as it can be shown at any time. */
const shown = ({ publicId: clientId, name, scopes, addresses, ...account }: ApiAccount, now: Date) => ({
  clientId,
  name,
  scopes,
  addresses,
  state: stateOf({ publicId: clientId, name, scopes, addresses, ...account }, now),
  createdAt: account.createdAt,
  expiresAt: account.expiresAt,
  revokedAt: account.revokedAt,
  lastUsedAt: account.lastUsedAt,
});

/** Refusals of this room are 400 here, as all are of a body that does not fit. @throws HttpError */
async function orSay<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await orRefuse(work);
  } catch (error) {
    if (!(error instanceof StoreRefusal)) throw error;
    const [status, code] =
      error.status === 404 ? ([404, 'API_ACCOUNT_UNKNOWN'] as const) : ([400, 'BODY_INVALID'] as const);
    throw new HttpError(status, code, error.message, { cause: error });
  }
}

const list = route(`GET ${base}`, {
  operation: accountOperations.list,
  area: 'admin',
  acl: 'store-api::view',
  inject,
  handle: (request, response, { database, connections, accounts, clock }) =>
    orSay(async () => {
      const connection = await connections.byCode(database, String(request.params.code));
      const all = await accounts.list(database, connection.id);
      response.json({ apiPath: accounts.apiPath(connection), accounts: all.map((one) => shown(one, clock.now())) });
    }),
});

const create = route(`POST ${base}`, {
  operation: accountOperations.create,
  area: 'admin',
  acl: 'store-api::manage',
  reads: 'json',
  fresh: true,
  inject,
  handle: (request, response, { database, connections, accounts, clock }) =>
    orSay(async () => {
      const body = Body.of(request).only('name', 'expires', 'scopes', 'addresses');
      const now = clock.now();
      const wanted = readAccount(
        {
          name: body.required('name'),
          scopes: body.texts('scopes')?.join(','),
          expires: body.text('expires'),
          addresses: body.texts('addresses')?.join(','),
        },
        now,
      );
      const { credentials } = await database.transaction(async (tx) =>
        accounts.create(
          tx,
          await connections.byCode(tx, String(request.params.code)),
          wanted,
          now,
          actorOfRequest(request),
        ),
      );
      response
        .status(201)
        .set('Cache-Control', 'no-store')
        .json({ ...credentials, file: credentialsFile(credentials) });
    }),
});

const revoke = route(`POST ${base}/:id/revoke`, {
  operation: accountOperations.revoke,
  area: 'admin',
  acl: 'store-api::manage',
  inject,
  handle: (request, response, { database, connections, accounts, clock }) =>
    orSay(async () => {
      const id = String(request.params.id);
      const now = clock.now();
      const revoked = await database.transaction(async (tx) => {
        const connection = await connections.byCode(tx, String(request.params.code));
        const own = (await accounts.list(tx, connection.id)).some(({ publicId }) => publicId === id);
        return accounts.revoke(tx, own ? id : '', now, actorOfRequest(request));
      });
      response.json(shown(revoked, now));
    }),
});

/** API accounts over the admin API. Credentials are in the answer that made them and nowhere else. */
export const accountRoutes: readonly Route[] = [list, create, revoke];
