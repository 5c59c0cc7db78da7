import type { WhichMapping } from '../../attribute-mapping/index.ts';
import { HttpError } from '../../framework/index.ts';

/** A whole number from 0, as JSON or in a query; undefined where it is not said. */
export function whole(given: unknown): number | undefined {
  if (given === undefined || given === null) return undefined;
  const value = typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : given;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new HttpError(400, 'REQUEST_INVALID', 'Give a whole number from 0.');
}

/** Which mapping is meant: `{draft: true}`, `{version: 3}`, else the one in effect. */
export function whichIn(asked: Readonly<Record<string, unknown>>): WhichMapping {
  const version = whole(asked.version);
  if (asked.draft === true && version !== undefined)
    throw new HttpError(400, 'REQUEST_INVALID', 'Say "draft" or "version", not both.');
  return asked.draft === true ? 'draft' : (version ?? 'published');
}
