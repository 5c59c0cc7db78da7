import { DatabaseError, DuplicateKeyError } from '../../framework/index.ts';
import { ScimError } from '../../scim/index.ts';
import { scimErrorFor } from '../http/errors.ts';
import { duplicateAnswer } from '../user/conflict.ts';

/** The refusal behind an error. @throws the error where it is a fault, or the store is away: the run ends then */
export function refusalOf(error: unknown): Error {
  if (error instanceof ScimError) return error;
  if (error instanceof DuplicateKeyError) return duplicateAnswer(error);
  const mapped = error instanceof DatabaseError && error.code !== 'DB_VALUE' ? undefined : scimErrorFor(error);
  if (mapped === undefined) throw error;
  return mapped;
}
