import { writeFile } from 'node:fs/promises';
import { byCommand, Connections, storeScopes } from '../../connection/index.ts';
import { Clock, type Command, command, Database } from '../../framework/index.ts';
import { type ApiAccount, ApiAccounts } from '../account/api-account.ts';
import { type Credentials, credentialsFile } from '../account/credentials.ts';
import { readAccount } from '../account/given-account.ts';
import { type ApiAccountState, stateOf } from '../account/state.ts';

/** What a command answers that made an account. */
interface Made extends Credentials {
  readonly connection: string;
  readonly scopes: readonly string[];
  readonly expiresAt: string | null;
  /** Where the credentials were written instead of being shown. */
  readonly file: string | null;
}

const create = command('api-account:create', {
  describe: 'Make an API account of a connection for the store API (its credentials are shown only here)',
  options: {
    connection: { type: 'string', describe: 'Code of the connection', required: true },
    name: { type: 'string', describe: 'Name to know the account by', required: true },
    scopes: { type: 'string', describe: `What it may do: ${storeScopes.join(', ')}; both unless said` },
    expires: { type: 'string', describe: 'How long it works, such as 90d; without it, until revoked' },
    addresses: {
      type: 'string',
      describe: 'Where it may be used: addresses and networks, with commas; any unless said',
    },
    output: {
      type: 'string',
      describe: 'Write the credentials file there; it must not exist, and only its owner reads it',
    },
  },
  inject: { database: Database, connections: Connections, accounts: ApiAccounts, clock: Clock },
  async run(options, { database, connections, accounts, clock }): Promise<Made> {
    const now = clock.now();
    const wanted = readAccount(options, now);
    const { output } = options;
    return database.transaction(async (tx) => {
      const connection = await connections.byCode(tx, options.connection);
      const { account, credentials } = await accounts.create(tx, connection, wanted, now, byCommand);
      // Inside the transaction: an account whose only credentials could not be written is not made.
      if (output !== undefined) await writeFile(output, credentialsFile(credentials), { flag: 'wx', mode: 0o600 });
      const { scopes, expiresAt } = account;
      return { ...credentials, connection: connection.code, scopes, expiresAt, file: output ?? null };
    });
  },
  print: (made) =>
    made.file === null
      ? `${credentialsFile(made).replaceAll('\r\n\r\n', '\n').trimEnd()}\nThe access token is shown only now.`
      : `The API account ${made.clientId} (${made.name}) of ${made.connection} is made; its credentials are in ${made.file}.`,
});

interface Listed extends Omit<ApiAccount, 'id' | 'connectionId' | 'publicId' | 'replacedBy' | 'expiredBefore'> {
  readonly clientId: string;
  readonly connection: string;
  readonly apiPath: string;
  readonly state: ApiAccountState;
}

const list = command('api-account:list', {
  describe: 'List API accounts: client id, state, rights, last use and API path, never the access token',
  options: { connection: { type: 'string', describe: 'Only those of this connection' } },
  inject: { database: Database, connections: Connections, accounts: ApiAccounts, clock: Clock },
  async run(options, { database, connections, accounts, clock }): Promise<Listed[]> {
    const only = options.connection === undefined ? undefined : await connections.byCode(database, options.connection);
    const codes = new Map((await connections.list(database)).map(({ id, code }) => [id, code]));
    const now = clock.now();
    return (await accounts.list(database, only?.id)).map((account) => {
      const { id: _, connectionId, publicId, replacedBy: __, expiredBefore: ___, ...shown } = account;
      const apiPath = accounts.apiPath({ id: connectionId });
      const connection = codes.get(connectionId) ?? '';
      return { clientId: publicId, connection, ...shown, apiPath, state: stateOf(account, now) };
    });
  },
  print: (accounts) =>
    accounts.length === 0
      ? 'There is no API account; api-account:create makes one.'
      : accounts
          .map(
            ({ clientId, connection, name, state, scopes, lastUsedAt, apiPath }) =>
              `${clientId}  ${connection}  ${name}  ${state}  ${scopes.join(', ')}  ${lastUsedAt ? `last used ${lastUsedAt} UTC` : 'never used'}  ${apiPath}`,
          )
          .join('\n'),
});

const revoke = command('api-account:revoke', {
  describe: 'Stop an API account; running servers refuse it within 5 seconds',
  options: { id: { type: 'string', describe: 'Its client id (api-account:list)', required: true, position: 0 } },
  inject: { database: Database, accounts: ApiAccounts, clock: Clock },
  run: (options, { database, accounts, clock }) =>
    database.transaction((tx) => accounts.revoke(tx, options.id, clock.now(), byCommand)),
  print: ({ publicId, name, revokedAt }) => `The API account ${publicId} (${name}) is revoked since ${revokedAt} UTC.`,
});

export const apiAccountCommands: readonly Command[] = [create, list, revoke];
