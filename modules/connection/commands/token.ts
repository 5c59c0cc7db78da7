import { Clock, type Command, command, Database } from '../../framework/index.ts';
import { readAddresses } from '../address/address-list.ts';
import { Connections } from '../connection.ts';
import { readScopes } from '../scopes.ts';
import { readSpan } from '../span.ts';
import { Tokens } from '../token.ts';
import { byCommand } from './by-command.ts';
import { type ListedToken, listed, type ShownToken, sayToken, shownToken, tokenLine } from './shown-token.ts';

/** How long a token may work. */
export const expiry = { from: '1m', to: '730d', example: '90d' };

const create = command('token:create', {
  describe: 'Make a bearer token for a connection (shown only here; at most two are active at a time)',
  options: {
    connection: { type: 'string', describe: 'Code of the connection', required: true },
    name: { type: 'string', describe: 'Name to know the token by', default: 'token' },
    expires: { type: 'string', describe: 'How long it works, such as 90d; without it, until revoked' },
    scopes: {
      type: 'string',
      describe:
        'What it may do, such as users:read,users:write or read; all of SCIM unless said; saml:exchange for a storefront',
      default: 'all',
    },
    addresses: {
      type: 'string',
      describe: 'Where it may be used: addresses and networks such as 192.0.2.0/24, with commas',
      default: 'any',
    },
  },
  inject: { database: Database, connections: Connections, tokens: Tokens, clock: Clock },
  async run(options, { database, connections, tokens, clock }): Promise<ShownToken> {
    const now = clock.now();
    const token = {
      name: options.name,
      expiresAt:
        options.expires === undefined ? undefined : new Date(now.getTime() + readSpan(options.expires, expiry)),
      scopes: readScopes(options.scopes),
      addresses: readAddresses(options.addresses),
    };
    return database.transaction(async (tx) =>
      shownToken(await tokens.issue(tx, await connections.byCode(tx, options.connection), token, now, byCommand)),
    );
  },
  print: (made) => sayToken(made),
});

const revoke = command('token:revoke', {
  describe: 'Stop a token; running servers refuse it within 5 seconds',
  options: {
    id: { type: 'string', describe: 'Id of the token (token:list), or the token itself', required: true, position: 0 },
  },
  inject: { database: Database, tokens: Tokens, clock: Clock },
  run: (options, { database, tokens, clock }) =>
    database.transaction((tx) => tokens.revoke(tx, options.id, clock.now(), byCommand)),
  print: (token) => `The token ${token.publicId} (${token.name}) is revoked since ${token.revokedAt} UTC.`,
});

const list = command('token:list', {
  describe: 'List tokens: name, state, rights, last use and warnings of their end, never the token itself',
  options: { connection: { type: 'string', describe: 'Only those of this connection' } },
  inject: { database: Database, connections: Connections, tokens: Tokens, clock: Clock },
  async run(options, { database, connections, tokens, clock }): Promise<ListedToken[]> {
    const only = options.connection === undefined ? undefined : await connections.byCode(database, options.connection);
    const codes = new Map((await connections.list(database)).map(({ id, code }) => [id, code]));
    const now = clock.now();
    return (await tokens.list(database, only?.id)).map((token) =>
      listed(token, codes.get(token.connectionId) ?? '', now),
    );
  },
  print: (all) =>
    all.length === 0
      ? 'There is no token; token:create makes one.'
      : all
          .flatMap((token) => [tokenLine(token), ...(token.warning ? [`  ! ${token.warning.message}`] : [])])
          .join('\n'),
});

/** Commands about tokens, rotation aside. */
export const tokenCommands: readonly Command[] = [create, revoke, list];
