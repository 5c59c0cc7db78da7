import { parseNumber } from '../filter/value.ts';
import { invalidCount, invalidCursor, invalidValue } from '../refusal.ts';
import type { ListQuery } from './handler.ts';

/** The paging parameters as they were sent: texts in a URL, any JSON in a SearchRequest. */
export interface PagingParameters {
  readonly startIndex?: unknown;
  readonly count?: unknown;
  readonly cursor?: unknown;
}

export type PageSizes = { readonly defaultCount: number; readonly maxCount: number };

/** Longest cursor, in characters: one over several types holds one of each. */
const LONGEST = 8192;

/**
 * Which page is asked for. By index (RFC 7644 §3.4.2.4): `startIndex` below 1 is 1, a negative `count` is 0, one above
 * the maximum is the maximum. By cursor (RFC 9865 §2) where there is one, be it empty: a `count` above the maximum is
 * refused, and so is a `startIndex`, because nobody can tell which of the two counts.
 */
export function readPaging(
  { startIndex, count, cursor }: PagingParameters,
  { defaultCount, maxCount }: PageSizes,
): Pick<ListQuery, 'startIndex' | 'count' | 'cursor'> {
  if (cursor === undefined) {
    return {
      startIndex: Math.max(1, integer('startIndex', startIndex) ?? 1),
      count: Math.min(maxCount, Math.max(0, integer('count', count) ?? defaultCount)),
    };
  }
  if (startIndex !== undefined && startIndex !== '') {
    throw invalidValue('A query has either a cursor or a startIndex, not both.');
  }
  const size = Math.max(0, integer('count', count, invalidCount) ?? defaultCount);
  if (size > maxCount) throw invalidCount(`With a cursor, count may be from 0 to ${maxCount}.`);
  return { startIndex: 1, count: size, cursor: readCursor(cursor) };
}

/** A cursor is of RFC 3986's unreserved characters; so is every one that was ever handed out. */
function readCursor(cursor: unknown): string {
  if (typeof cursor === 'string' && cursor.length <= LONGEST && /^[A-Za-z0-9\-._~]*$/.test(cursor)) return cursor;
  throw invalidCursor('The cursor is none of this server; send nextCursor as it came, or leave it empty to begin.');
}

function integer(name: string, value: unknown, refuse = invalidValue): number | undefined {
  if (value === undefined || value === '') return undefined;
  const number = typeof value === 'string' ? parseNumber(value.trim()) : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) throw refuse(`${name} must be an integer.`);
  return Math.min(Math.max(number, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}
