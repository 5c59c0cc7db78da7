import type { Request } from 'express';
import { actorOf, HttpError } from '../../framework/index.ts';
import type { WhichMapping } from '../version/version.ts';

const bad = (message: string): HttpError => new HttpError(400, 'REQUEST_INVALID', message);

/** The members of the JSON object that was sent. */
export function sent(request: Request): Readonly<Record<string, unknown>> {
  const body: unknown = request.body;
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw bad('Send a JSON object.');
  return body as Readonly<Record<string, unknown>>;
}

/** A whole number from 0, as JSON or in a query; undefined where it is not said. */
export function wholeNumber(given: unknown, name: string): number | undefined {
  if (given === undefined || given === null) return undefined;
  const value = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : given;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw bad(`"${name}" is a whole number.`);
}

export function requiredNumber(given: unknown, name: string, meaning: string): number {
  const value = wholeNumber(given, name);
  if (value === undefined) throw bad(`Say "${name}": ${meaning}.`);
  return value;
}

export function text(given: unknown, name: string): string | undefined {
  if (given === undefined || given === null) return undefined;
  if (typeof given === 'string') return given;
  throw bad(`"${name}" is a text.`);
}

export function requiredText(given: unknown, name: string): string {
  const value = text(given, name);
  if (value === undefined) throw bad(`Say "${name}".`);
  return value;
}

export function flag(given: unknown, name: string): boolean {
  if (given === undefined || given === null) return false;
  if (typeof given === 'boolean') return given;
  throw bad(`"${name}" is true or false.`);
}

/** The code of the connection in the address. */
export const connectionCode = ({ params }: Request): string => String(params.connection);

/** `draft`, `published`, `preset` or the number of a version. */
export function which(given: unknown, name: string, otherwise: WhichMapping): WhichMapping {
  if (given === undefined) return otherwise;
  if (given === 'draft' || given === 'published' || given === 'preset') return given;
  if (typeof given === 'string' && /^\d{1,9}$/.test(given)) return Number(given);
  throw bad(`"${name}" is draft, published, preset or the number of a version.`);
}

/** Who changes something, and what is said about it. */
export function changeOf(request: Request): { author: string; comment?: string; over?: number } {
  const body = sent(request);
  const comment = text(body.comment, 'comment');
  const over = wholeNumber(body.over, 'over');
  return {
    author: authorOf(request),
    ...(comment === undefined ? {} : { comment }),
    ...(over === undefined ? {} : { over }),
  };
}

export const authorOf = (request: Request): string => actorOf(request)?.name ?? 'administration';
