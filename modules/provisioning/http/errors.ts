import { CustomerError } from '../../customer/index.ts';
import { DatabaseError } from '../../framework/index.ts';
import { invalidValue, type ScimError, unavailable } from '../../scim/index.ts';

const away = new Set(['DB_UNAVAILABLE', 'DB_BUSY', 'DB_READ_ONLY', 'DB_FULL', 'DB_COMMIT_UNKNOWN', 'DB_RETRIES']);
const values = new Set(['DB_VALUE', 'DB_TOO_LONG']);

/** What errors of the store mean to a client: come again later, or send another value. Anything else is our fault: 500. */
export function scimErrorFor(error: unknown): ScimError | undefined {
  if (error instanceof CustomerError) return invalidValue(error.message);
  if (!(error instanceof DatabaseError)) return undefined;
  if (away.has(error.code)) return unavailable(5);
  if (values.has(error.code)) return invalidValue('A value does not fit the column of the store that it is mapped to.');
  return undefined;
}
