import type { Request } from 'express';
import { HttpError, UsageError } from '../../framework/index.ts';
import { parseMoment } from '../cli/moment.ts';
import { ActivityError } from '../error.ts';
import type { ActivityFilter } from '../report.ts';

const filters = ['user', 'application', 'from', 'to', 'status', 'action', 'request', 'text'] as const;
const invalid = (message: string): HttpError => new HttpError(400, 'QUERY_INVALID', message);

/** The query by name: each said once, none that nobody asked for. @throws HttpError 400 */
export function queryOf<Name extends string>(
  request: Request,
  ...more: readonly Name[]
): Readonly<Partial<Record<(typeof filters)[number] | Name, string>>> {
  const known: readonly string[] = [...filters, ...more];
  const said: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.query)) {
    if (!known.includes(name))
      throw invalid(`"${name.slice(0, 60)}" is unknown; there are ${known.map((one) => `"${one}"`).join(', ')}.`);
    if (typeof value !== 'string') throw invalid(`"${name}" is said more than once.`);
    if (value.trim() !== '') said[name] = value.trim();
  }
  return said as ReturnType<typeof queryOf<Name>>;
}

const list = (text: string | undefined): readonly string[] | undefined =>
  text
    ?.split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** The filter of a query. @throws HttpError 400 */
export function filterOf(
  { user, application, from, to, status, action, request, text }: ReturnType<typeof queryOf>,
  now: Date,
): ActivityFilter {
  const moment = (name: 'from' | 'to', given: string | undefined): Date | undefined => {
    try {
      return given === undefined ? undefined : parseMoment(name, given, now, name === 'to');
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      throw invalid(error.message.replace(/^--(\w+)/, '"$1"'));
    }
  };
  return {
    user,
    application,
    from: moment('from', from),
    to: moment('to', to),
    statuses: list(status),
    actions: list(action),
    requestId: request,
    text,
  };
}

/** A whole number of a query. @throws HttpError 400 */
export function numberOf(text: string | undefined, name: string, most: number): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= most) return number;
  throw invalid(`"${name}" is a whole number from 1 to ${most}.`);
}

/** Does the work, whose refusals by this room the caller may read. @throws HttpError 400, 404 for an unknown application */
export async function orRefuse<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ActivityError)) throw error;
    throw new HttpError(error.code === 'APPLICATION_UNKNOWN' ? 404 : 400, error.code, error.message, { cause: error });
  }
}
