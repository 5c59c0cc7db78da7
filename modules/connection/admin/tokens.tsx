import { action, page, type Screen, type Visit } from '../../admin/index.ts';
import { Clock, Database, Environment, type Transaction } from '../../framework/index.ts';
import { readAddresses } from '../address/address-list.ts';
import { expiry } from '../commands/token.ts';
import { type Connection, ConnectionError, Connections } from '../connection.ts';
import { scimBaseUrl } from '../first-start.ts';
import { readScopes } from '../scopes.ts';
import { readSpan } from '../span.ts';
import { type IssuedToken, Tokens } from '../token.ts';
import { actorOfVisit, askedConnection } from './asked-connection.ts';
import { newToken, sentToken, type TokenErrors, type TokenFields, tokenScreen } from './token-form.tsx';
import { tokenShown } from './token-shown.tsx';

const acl = 'connection::tokens';
const services = { database: Database, connections: Connections, tokens: Tokens };
const makers = { ...services, environment: Environment, clock: Clock };
interface Makers {
  readonly database: Database;
  readonly connections: Connections;
  readonly tokens: Tokens;
  readonly environment: Environment;
  readonly clock: Clock;
}

const formPage = (kind: 'new' | 'rotate') =>
  page(`/admin/connections/:code/tokens/${kind}`, {
    acl,
    inject: services,
    view: async (visit, { database, connections }) =>
      tokenScreen({
        connection: await askedConnection(visit, connections, database),
        kind,
        fields: newToken,
        errors: {},
      }),
  });

export const newTokenPage = formPage('new');
export const rotateTokenPage = formPage('rotate');

const fieldOf: Readonly<Record<string, keyof TokenErrors>> = {
  NAME_INVALID: 'name',
  ADDRESS_INVALID: 'addresses',
  SCOPE_INVALID: 'scopes',
  TOKEN_EXPIRY_INVALID: 'expires',
};

/** Makes a token as `make` does, and shows it; a refusal brings the form back. */
async function made(
  visit: Visit,
  given: Makers,
  kind: 'new' | 'rotate',
  make: (tx: Transaction, connection: Connection, fields: TokenFields, now: Date) => Promise<IssuedToken>,
  next: (fields: TokenFields) => string,
): Promise<Screen> {
  const connection = await askedConnection(visit, given.connections, given.database);
  const fields = sentToken(visit.form);
  try {
    const { text } = await given.database.transaction((tx) => make(tx, connection, fields, given.clock.now()));
    return tokenShown(connection, scimBaseUrl(given.environment.baseUrl), text, next(fields));
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error;
    return tokenScreen({ connection, kind, fields, errors: { [fieldOf[error.code] ?? 'general']: error.message } });
  }
}

const endOf = ({ expires }: TokenFields, now: Date): Date | undefined =>
  expires === '' ? undefined : new Date(now.getTime() + readSpan(expires, expiry));

export const makeToken = action('/admin/connections/:code/tokens/new', {
  acl,
  fresh: true,
  inject: makers,
  perform: (visit, given) =>
    made(
      visit,
      given,
      'new',
      (tx, connection, fields, now) =>
        given.tokens.issue(
          tx,
          connection,
          {
            name: fields.name,
            expiresAt: endOf(fields, now),
            scopes: readScopes(fields.scopes.join(',')),
            addresses: fields.addresses === '' ? [] : readAddresses(fields.addresses),
          },
          now,
          actorOfVisit(visit),
        ),
      () => 'The other tokens of this connection go on as they are.',
    ),
});

const overlapRange = { from: '0m', to: '7d', example: '24h' };

export const rotateToken = action('/admin/connections/:code/tokens/rotate', {
  acl,
  fresh: true,
  inject: makers,
  perform: (visit, given) =>
    made(
      visit,
      given,
      'rotate',
      (tx, connection, fields, now) => {
        const token = { name: fields.name, expiresAt: endOf(fields, now) };
        if (fields.overlap === 'step')
          return given.tokens.startRotation(tx, connection, token, now, actorOfVisit(visit));
        const overlapUntil = new Date(now.getTime() + readSpan(fields.overlap, overlapRange));
        return given.tokens.rotate(tx, connection, { ...token, overlapUntil }, now, actorOfVisit(visit));
      },
      ({ overlap }) =>
        overlap === 'step'
          ? 'The present token works until you complete the rotation.'
          : overlap === '0m'
            ? 'The token before it has stopped working.'
            : 'The token before it goes on for the time that you chose.',
    ),
});
