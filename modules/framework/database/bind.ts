import { DatabaseError } from './errors.ts';

/** What may be bound. Booleans become 0 and 1. */
export type Bindable = string | number | bigint | boolean | null | Uint8Array;

const int64 = 2n ** 63n;

/**
 * True when `value` can be bound as it is. Throws DB_BIND for what never may be (a driver would guess: an object becomes
 * JSON or several values, a Date depends on the time zone, and libsql ends the process on a boolean), and DB_VALUE for
 * U+0000, which libsql cuts texts at.
 */
export function bindable(value: unknown): value is Exclude<Bindable, boolean> {
  switch (typeof value) {
    case 'string':
      if (value.includes('\0')) throw new DatabaseError('DB_VALUE', 'A text holds U+0000, which cannot be stored');
      return true;
    case 'number':
      if (!Number.isFinite(value)) throw refusal(String(value));
      return true;
    case 'bigint':
      if (value >= int64 || value < -int64) throw refusal('a bigint outside 64 bits');
      return true;
    case 'boolean':
      return false;
    case 'object':
      if (value === null || value instanceof Uint8Array) return true;
      throw refusal(Array.isArray(value) ? 'an array' : value instanceof Date ? 'a Date' : 'an object');
    default:
      throw refusal(typeof value === 'undefined' ? 'undefined' : `a ${typeof value}`);
  }
}

function refusal(found: string): DatabaseError {
  return new DatabaseError(
    'DB_BIND',
    `A statement was given ${found}; bind a string, number, bigint, boolean, null or Buffer (sqlTimestamp for dates)`,
  );
}
