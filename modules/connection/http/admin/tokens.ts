import { Clock, Database, HttpError, type Route, route } from '../../../framework/index.ts';
import { listed, shownToken } from '../../commands/shown-token.ts';
import { expiry } from '../../commands/token.ts';
import { ConnectionError, Connections } from '../../connection.ts';
import { readScopes } from '../../scopes.ts';
import { readSpan } from '../../span.ts';
import { type Rotated, Tokens } from '../../token.ts';
import { actorOfRequest } from './actor-of-request.ts';
import { Body } from './body.ts';
import { tokenOperations } from './operations.ts';
import { orRefuse } from './refusal.ts';

const base = '/admin/api/v1/connections/:code/tokens';
const access = { area: 'admin', acl: 'connection::tokens' } as const;
const inject = { database: Database, connections: Connections, tokens: Tokens, clock: Clock };
const overlaps = { from: '0m', to: '7d', example: '24h' };

const list = route(`GET ${base}`, {
  operation: tokenOperations.list,
  ...access,
  inject,
  handle: (request, response, { database, connections, tokens, clock }) =>
    orRefuse(async () => {
      const connection = await connections.byCode(database, String(request.params.code));
      const now = clock.now();
      const all = await tokens.list(database, connection.id);
      response.json({ tokens: all.map((token) => listed(token, connection.code, now)) });
    }),
});

/** A span such as `90d` from now. @throws HttpError 400 */
function momentAfter(now: Date, text: string, range: typeof expiry): Date {
  try {
    return new Date(now.getTime() + readSpan(text, range));
  } catch (error) {
    throw new HttpError(400, 'BODY_INVALID', error instanceof Error ? error.message : String(error));
  }
}

const create = route(`POST ${base}`, {
  operation: tokenOperations.create,
  ...access,
  reads: 'json',
  fresh: true,
  inject,
  handle: (request, response, { database, connections, tokens, clock }) =>
    orRefuse(async () => {
      const body = Body.of(request).only('name', 'expires', 'scopes', 'addresses');
      const now = clock.now();
      const expires = body.text('expires');
      const token = {
        name: body.text('name') ?? 'token',
        expiresAt: expires === undefined ? undefined : momentAfter(now, expires, expiry),
        scopes: readScopes((body.texts('scopes') ?? ['all']).join(',')),
        addresses: body.texts('addresses') ?? [],
      };
      const made = await database.transaction(async (tx) =>
        tokens.issue(
          tx,
          await connections.byCode(tx, String(request.params.code)),
          token,
          now,
          actorOfRequest(request),
        ),
      );
      response.status(201).set('Cache-Control', 'no-store').json(shownToken(made));
    }),
});

const endOf = ({ works, ended }: Rotated) => ({
  works: works.publicId,
  ended: ended.publicId,
  endedLastUsedAt: ended.lastUsedAt,
});

const rotate = route(`POST ${base}/rotate`, {
  operation: tokenOperations.rotate,
  ...access,
  reads: 'json',
  fresh: true,
  inject,
  handle: (request, response, { database, connections, tokens, clock }) =>
    orRefuse(async () => {
      const body = Body.of(request).only('step', 'name', 'expires', 'overlap');
      const step = body.oneOf('step', ['start', 'complete', 'cancel'] as const);
      const [now, by] = [clock.now(), actorOfRequest(request)];
      const expires = body.text('expires');
      const made = {
        name: body.text('name') ?? 'token',
        expiresAt: expires === undefined ? undefined : momentAfter(now, expires, expiry),
      };
      const overlapUntil = momentAfter(now, body.text('overlap') ?? '24h', overlaps);
      const answer = await database.transaction(async (tx) => {
        const connection = await connections.byCode(tx, String(request.params.code));
        if (step === 'complete') return endOf(await tokens.completeRotation(tx, connection, now, by));
        if (step === 'cancel') return endOf(await tokens.cancelRotation(tx, connection, now, by));
        if (step === 'start') return shownToken(await tokens.startRotation(tx, connection, made, now, by));
        return shownToken(await tokens.rotate(tx, connection, { ...made, overlapUntil }, now, by));
      });
      response.set('Cache-Control', 'no-store').json(answer);
    }),
});

const revoke = route(`POST ${base}/:id/revoke`, {
  operation: tokenOperations.revoke,
  ...access,
  inject,
  handle: (request, response, { database, connections, tokens, clock }) =>
    orRefuse(async () => {
      const id = String(request.params.id);
      const revoked = await database.transaction(async (tx) => {
        const connection = await connections.byCode(tx, String(request.params.code));
        const own = (await tokens.list(tx, connection.id)).some(({ publicId }) => publicId === id);
        if (!own)
          throw new ConnectionError(
            'TOKEN_UNKNOWN',
            `The connection "${connection.code}" has no token with this id; its tokens are listed with it.`,
          );
        return tokens.revoke(tx, id, clock.now(), actorOfRequest(request));
      });
      response.json(revoked);
    }),
});

/** Tokens over the admin API. The text of a token is in the answer that made it and nowhere else. */
export const tokenRoutes: readonly Route[] = [list, create, rotate, revoke];
