import { Clock, type Command, command, Database, sqlTimestamp } from '../framework/index.ts';
import { Connections } from './connection.ts';
import { readSpan } from './span.ts';
import { type BearerToken, type IssuedToken, Tokens } from './token.ts';

const connection = { type: 'string', describe: 'Code of the connection', required: true } as const;
const name = { type: 'string', describe: 'Name to know the token by', default: 'token' } as const;

/** How long a token may work, and how long the old one may go on beside a new one. */
const expiry = { from: '1m', to: '730d', example: '90d' };
const overlap = { from: '0m', to: '7d', example: '24h' };

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly expiresAt: string | null;
  readonly token: string;
  readonly authorization: string;
}

const shown = ({ text, token }: IssuedToken): Shown => ({
  id: token.publicId,
  name: token.name,
  expiresAt: token.expiresAt,
  token: text,
  authorization: `Bearer ${text}`,
});

const say = (made: Shown): string =>
  [
    `SCIM Bearer Token:     ${made.token}`,
    `Authorization Header:  ${made.authorization}`,
    `Expires:               ${made.expiresAt ?? 'never'}`,
    'The token is shown only now.',
  ].join('\n');

const create = command('token:create', {
  describe: 'Make a bearer token for a connection (shown only here; at most two are active at a time)',
  options: {
    connection,
    name,
    expires: { type: 'string', describe: 'How long it works, such as 90d; without it, until revoked' },
  },
  inject: { database: Database, connections: Connections, tokens: Tokens, clock: Clock },
  async run(options, { database, connections, tokens, clock }): Promise<Shown> {
    const now = clock.now();
    const expiresAt =
      options.expires === undefined ? undefined : new Date(now.getTime() + readSpan(options.expires, expiry));
    return database.transaction(async (tx) =>
      shown(
        await tokens.issue(
          tx,
          await connections.byCode(tx, options.connection),
          { name: options.name, expiresAt },
          now,
        ),
      ),
    );
  },
  print: (made) => say(made),
});

const rotate = command('token:rotate', {
  describe: 'Make a new token; the present one keeps working for a while',
  options: {
    connection,
    name,
    overlap: { type: 'string', describe: 'How long the present token keeps working, 0m to 7d', default: '24h' },
  },
  inject: { database: Database, connections: Connections, tokens: Tokens, clock: Clock },
  async run(options, { database, connections, tokens, clock }): Promise<Shown> {
    const now = clock.now();
    const overlapUntil = new Date(now.getTime() + readSpan(options.overlap, overlap));
    return database.transaction(async (tx) =>
      shown(
        await tokens.rotate(
          tx,
          await connections.byCode(tx, options.connection),
          { name: options.name, overlapUntil },
          now,
        ),
      ),
    );
  },
  print: (made) => say(made),
});

const revoke = command('token:revoke', {
  describe: 'Stop a token; running servers refuse it within 5 seconds',
  options: {
    id: { type: 'string', describe: 'Id of the token (token:list), or the token itself', required: true, position: 0 },
  },
  inject: { database: Database, tokens: Tokens, clock: Clock },
  run: (options, { database, tokens, clock }) =>
    database.transaction((tx) => tokens.revoke(tx, options.id, clock.now())),
  print: (token) => `The token ${token.publicId} (${token.name}) is revoked since ${token.revokedAt} UTC.`,
});

type Listed = BearerToken & { readonly state: 'active' | 'expired' | 'revoked' };

const listed = (token: BearerToken, now: string): Listed => ({
  ...token,
  state: token.revokedAt ? 'revoked' : token.expiresAt !== null && token.expiresAt <= now ? 'expired' : 'active',
});
const state = (token: Listed): string =>
  token.state === 'revoked'
    ? `revoked ${token.revokedAt}`
    : token.state === 'expired'
      ? `expired ${token.expiresAt}`
      : token.expiresAt
        ? `until ${token.expiresAt}`
        : 'active';
const usage = (token: BearerToken): string =>
  token.lastUsedAt
    ? `last used ${token.lastUsedAt} by ${token.lastUsedAgent ?? 'an unnamed client'} from ${token.lastUsedAddress}`
    : 'never used';

const list = command('token:list', {
  describe: 'List tokens: name, state and last use, never the token itself',
  options: { connection: { type: 'string', describe: 'Only those of this connection' } },
  inject: { database: Database, connections: Connections, tokens: Tokens, clock: Clock },
  async run(options, { database, connections, tokens, clock }) {
    const only = options.connection === undefined ? undefined : await connections.byCode(database, options.connection);
    const now = sqlTimestamp(clock.now());
    return (await tokens.list(database, only?.id)).map((token) => listed(token, now));
  },
  print: (all) =>
    all.length === 0
      ? 'There is no token; token:create makes one.'
      : all.map((t) => `${t.publicId}  ${t.name.padEnd(20)} ${state(t).padEnd(27)} ${usage(t)}`).join('\n'),
});

/** Commands about tokens. */
export const tokenCommands: readonly Command[] = [create, rotate, revoke, list];
