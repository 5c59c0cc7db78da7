import { CustomerError } from '../../customer/index.ts';
import { DatabaseError, type DatabaseErrorCode } from '../../framework/index.ts';
import { defaultLimits, invalidValue, payloadTooLarge, type ScimError, unavailable } from '../../scim/index.ts';

/** The store can't take a change at the moment; the same request may succeed later. */
const later: ReadonlySet<DatabaseErrorCode> = new Set([
  'DB_UNAVAILABLE',
  'DB_CONTENTION',
  'DB_COMMIT_UNKNOWN',
  'DB_FULL',
  'DB_READ_ONLY',
]);

const commitUnknown =
  'The store was lost while the change was being saved: it is there whole or not at all. Read before repeating.';

/** What errors of the store mean to a client: come again later, or send another value. Anything else is our fault: 500. */
export function scimErrorFor(error: unknown): ScimError | undefined {
  if (error instanceof CustomerError) return invalidValue(error.message);
  if (!(error instanceof DatabaseError)) return undefined;
  if (error.code === 'DB_COMMIT_UNKNOWN') return unavailable(5, commitUnknown);
  if (later.has(error.code)) return unavailable(5);
  if (error.code === 'DB_TOO_LARGE') return payloadTooLarge(defaultLimits.bodyBytes);
  if (error.code === 'DB_VALUE')
    return invalidValue('A value does not fit the column of the store that it is mapped to.');
  return undefined;
}
