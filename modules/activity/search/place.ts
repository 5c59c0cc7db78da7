import { ActivityError } from '../error.ts';

/** Where a record stands among all others: reports walk from the greatest to the least. */
export interface Place {
  readonly ms: number;
  readonly id: number;
}

/** Above every record. */
export const top: Place = { ms: Number.MAX_SAFE_INTEGER, id: Number.MAX_SAFE_INTEGER };

/** Negative when `a` comes before `b` in a report: it is newer. */
export const byNewest = (a: Place, b: Place): number => b.ms - a.ms || b.id - a.id;

export const printCursor = ({ ms, id }: Place): string => Buffer.from(`${ms}.${id}`).toString('base64url');

/** @throws ActivityError `CURSOR_INVALID` */
export function parseCursor(text: string): Place {
  const [, ms, id] = /^(\d{1,16})\.(\d{1,16})$/.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  if (ms === undefined || id === undefined)
    throw new ActivityError(
      'CURSOR_INVALID',
      'This is no cursor of a report; leave it out to begin with the newest record.',
    );
  return { ms: Number(ms), id: Number(id) };
}
