import { action, confirmation, page, redirect, type Visit } from '../../admin/index.ts';
import { actorOfVisit, askedConnection } from '../../connection/index.ts';
import { HttpError } from '../../framework/index.ts';
import { accountsPath, revokePath } from './places.ts';
import { type Services, services } from './services.ts';

const path = '/admin/connections/:code/api-accounts/:id/revoke';
const acl = 'store-api::manage';

/** @throws HttpError 404 for an account of another connection, too */
async function askedAccount(visit: Visit, { database, connections, accounts }: Services) {
  const connection = await askedConnection(visit, connections, database);
  const account = (await accounts.list(database, connection.id)).find(({ publicId }) => publicId === visit.params.id);
  if (!account) throw new HttpError(404, 'NOT_FOUND', 'This connection has no such API account.');
  return { connection, account };
}

export const revokeAccountPage = page(path, {
  acl,
  inject: services,
  async view(visit, given) {
    const { connection, account } = await askedAccount(visit, given);
    return confirmation({
      title: `Revoke the API account ${account.name}?`,
      action: revokePath(connection, account.publicId),
      confirm: 'Revoke API Account',
      back: accountsPath(connection),
      children: (
        <p>
          Whoever still sends its access token is answered with 401, within 5 seconds. Webhooks that were made with it
          stay. This can't be undone; a new account can be created.
        </p>
      ),
    });
  },
});

export const revokeAccount = action(path, {
  acl,
  fresh: true,
  inject: services,
  async perform(visit, given) {
    const { connection, account } = await askedAccount(visit, given);
    await given.database.transaction((tx) =>
      given.accounts.revoke(tx, account.publicId, given.clock.now(), actorOfVisit(visit)),
    );
    return redirect(accountsPath(connection), { done: `The API account ${account.name} is revoked.` });
  },
});
