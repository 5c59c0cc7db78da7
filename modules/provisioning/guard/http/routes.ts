import type { Request } from 'express';
import { Connections } from '../../../connection/index.ts';
import { actorOf, Database, HttpError, type Route, route } from '../../../framework/index.ts';
import { GuardError, type GuardErrorCode } from '../error.ts';
import { type HoldState, holdStates } from '../hold/hold.ts';
import { type Decider, GuardHolds } from '../holds.ts';
import { guardOperations } from './operations.ts';

const statuses: Readonly<Record<GuardErrorCode, number>> = {
  HOLD_UNKNOWN: 404,
  HOLD_DECIDED: 409,
  HOLD_NOT_DENIED: 409,
  HOLD_BUSY: 409,
  HOLD_TOO_OLD: 410,
};

/** What a GuardError means over HTTP. */
async function answered<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof GuardError) throw new HttpError(statuses[error.code], error.code, error.message);
    throw error;
  }
}

function numberOf(text: unknown, name: string): number | undefined {
  if (text === undefined) return undefined;
  if (typeof text === 'string' && /^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new HttpError(400, 'NUMBER_INVALID', `"${name}" is a whole number from 1 on.`);
}

const holdOf = (request: Request): number => {
  const id = numberOf(request.params.id, 'id');
  if (id === undefined) throw new HttpError(404, 'HOLD_UNKNOWN', 'There is no such hold.');
  return id;
};

function stateOf(text: unknown): HoldState | undefined {
  if (text === undefined) return undefined;
  const state = holdStates.find((known) => known === text);
  if (state) return state;
  throw new HttpError(400, 'STATUS_INVALID', `"status" is one of ${holdStates.join(', ')}.`);
}

function deciderOf(request: Request): Decider {
  const { comment } = (request.body ?? {}) as { comment?: unknown };
  if (comment !== undefined && typeof comment !== 'string')
    throw new HttpError(400, 'COMMENT_INVALID', '"comment" is a text.');
  return { actor: actorOf(request)?.name ?? 'administration', comment };
}

const list = route('GET /admin/api/v1/guard/holds', {
  operation: guardOperations.list,
  area: 'admin',
  acl: 'provisioning::guard',
  inject: { database: Database, connections: Connections, holds: GuardHolds },
  async handle(request, response, { database, connections, holds }) {
    const { connection, status, before, limit } = request.query;
    const known =
      connection === undefined
        ? undefined
        : (await connections.list(database)).find(({ code }) => code === String(connection));
    if (connection !== undefined && !known)
      throw new HttpError(404, 'CONNECTION_UNKNOWN', 'There is no connection with this code.');
    const items = await holds.list({
      connectionId: known?.id,
      status: stateOf(status),
      before: numberOf(before, 'before'),
      limit: Math.min(numberOf(limit, 'limit') ?? 100, 1000),
    });
    response.json({ items });
  },
});

const show = route('GET /admin/api/v1/guard/holds/:id', {
  operation: guardOperations.show,
  area: 'admin',
  acl: 'provisioning::guard',
  inject: { holds: GuardHolds },
  async handle(request, response, { holds }) {
    const limit = Math.min(numberOf(request.query.limit, 'limit') ?? 200, 10_000);
    response.json(await answered(holds.show(holdOf(request), limit)));
  },
});

/** Answers 202: a job does what was decided, and GET tells how far it is. */
const decision = (verb: 'approve' | 'deny' | 'lift' | 'restore'): Route =>
  route(`POST /admin/api/v1/guard/holds/:id/${verb}`, {
    operation: guardOperations[verb],
    area: 'admin',
    acl: 'provisioning::guard-decide',
    reads: 'json',
    inject: { holds: GuardHolds },
    async handle(request, response, { holds }) {
      response.status(202).json(await answered(holds[verb](holdOf(request), deciderOf(request))));
    },
  });

/** What the guard holds, for the administration. */
export const guardRoutes: readonly Route[] = [
  list,
  show,
  ...(['approve', 'deny', 'lift', 'restore'] as const).map(decision),
];
