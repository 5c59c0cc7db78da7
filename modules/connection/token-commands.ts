import { Clock, type Command, command, Database } from '../framework/index.ts';
import { ConnectionError, Connections } from './connection.ts';
import { type BearerToken, type IssuedToken, Tokens } from './token.ts';

const connection = { type: 'string', describe: 'Code of the connection', required: true } as const;
const name = { type: 'string', describe: 'Name to know the token by', default: 'token' } as const;

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const longest = 2 * 365 * 86_400_000;

/**
 * Reads a span such as `90d`, `24h` or `30m` to milliseconds, at most two years.
 * @throws ConnectionError `TOKEN_EXPIRY_INVALID`
 */
export function readSpan(text: string): number {
  const amount = Number(text.slice(0, -1));
  const span = amount * (units[text.slice(-1)] ?? Number.NaN);
  if (Number.isInteger(amount) && amount >= 0 && span <= longest) return span;
  throw new ConnectionError(
    'TOKEN_EXPIRY_INVALID',
    `"${text}" is not a span of time; write a number and m, h or d, such as 90d (at most 730d).`,
  );
}

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
    const expiresAt = options.expires === undefined ? undefined : new Date(now.getTime() + readSpan(options.expires));
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
    const overlap = Math.min(readSpan(options.overlap), 7 * 86_400_000);
    return database.transaction(async (tx) =>
      shown(
        await tokens.rotate(
          tx,
          await connections.byCode(tx, options.connection),
          { name: options.name, overlapUntil: new Date(now.getTime() + overlap) },
          now,
        ),
      ),
    );
  },
  print: (made) => say(made),
});

const revoke = command('token:revoke', {
  describe: 'Stop a token; running servers refuse it within 5 seconds',
  options: { id: { type: 'string', describe: 'Id of the token (token:list)', required: true, position: 0 } },
  inject: { database: Database, tokens: Tokens, clock: Clock },
  run: (options, { database, tokens, clock }) =>
    database.transaction((tx) => tokens.revoke(tx, options.id, clock.now())),
  print: (token) => `The token ${token.publicId} (${token.name}) is revoked since ${token.revokedAt} UTC.`,
});

const state = (token: BearerToken): string =>
  token.revokedAt ? `revoked ${token.revokedAt}` : token.expiresAt ? `until ${token.expiresAt}` : 'active';
const usage = (token: BearerToken): string =>
  token.lastUsedAt
    ? `last used ${token.lastUsedAt} by ${token.lastUsedAgent ?? 'an unnamed client'} from ${token.lastUsedAddress}`
    : 'never used';

const list = command('token:list', {
  describe: 'List tokens: name, state and last use, never the token itself',
  options: { connection: { type: 'string', describe: 'Only those of this connection' } },
  inject: { database: Database, connections: Connections, tokens: Tokens },
  async run(options, { database, connections, tokens }) {
    const only = options.connection === undefined ? undefined : await connections.byCode(database, options.connection);
    return tokens.list(database, only?.id);
  },
  print: (all) =>
    all.length === 0
      ? 'There is no token; token:create makes one.'
      : all.map((t) => `${t.publicId}  ${t.name.padEnd(20)} ${state(t).padEnd(27)} ${usage(t)}`).join('\n'),
});

/** Commands about tokens. */
export const tokenCommands: readonly Command[] = [create, rotate, revoke, list];
