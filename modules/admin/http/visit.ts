import type { Request } from 'express';
import { type Database, remembering } from '../../framework/index.ts';
import type { Visit } from '../kit/visit.ts';
import { ownAccount } from '../role/permissions.ts';
import type { Visitors } from './visitors.ts';

const memories = new WeakMap<Request, Database>();

/** One for all parts of a page, however often its visit is made. */
function databaseFor(request: Request, database: Database): Database {
  if (request.method !== 'GET') return database;
  const known = memories.get(request) ?? remembering(database);
  memories.set(request, known);
  return known;
}

/** Reads a request as pages see it. */
export async function visitOf(request: Request, visitors: Visitors, database: Database): Promise<Visit> {
  const found = (await visitors.of(request))?.signedIn;
  const signedIn = found?.kind === 'browser' ? found : undefined;
  return {
    path: request.path,
    params: Object.fromEntries(Object.entries(request.params).map(([name, value]) => [name, String(value)])),
    query: new URL(request.originalUrl, 'http://host').searchParams,
    form: fieldsOf(request.body),
    signedIn,
    may: (resource) => signedIn?.stage === 'full' && (resource === ownAccount || signedIn.permissions.may(resource)),
    address: request.ip ?? '',
    agent: request.headers['user-agent'] ?? '',
    database: databaseFor(request, database),
    remembered: (name) => visitors.keepsake(name).read(request),
  };
}

function fieldsOf(body: unknown): URLSearchParams {
  const fields = new URLSearchParams();
  if (typeof body !== 'object' || body === null) return fields;
  for (const [name, value] of Object.entries(body))
    for (const one of Array.isArray(value) ? value : [value]) if (typeof one === 'string') fields.append(name, one);
  return fields;
}
