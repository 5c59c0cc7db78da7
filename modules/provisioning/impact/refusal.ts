import type { Profile } from '../../connection/index.ts';
import { DatabaseError, DuplicateKeyError } from '../../framework/index.ts';
import { ScimError } from '../../scim/index.ts';
import { scimErrorFor } from '../http/errors.ts';
import { cureOf } from '../preview/cure.ts';
import { duplicateAnswer } from '../user/conflict.ts';

/** The refusal behind an error. @throws the error where it is a fault, or the store is away: the run ends then */
export function refusalOf(error: unknown): Error {
  if (error instanceof ScimError) return error;
  if (error instanceof DuplicateKeyError) return duplicateAnswer(error);
  const mapped = error instanceof DatabaseError && error.code !== 'DB_VALUE' ? undefined : scimErrorFor(error);
  if (mapped === undefined) throw error;
  return mapped;
}

/** What to do about a customer that a mapping can't be applied to. */
export function cureOfFailure(refusal: Error, profile: Profile): string {
  if (!(refusal instanceof ScimError)) return 'The log of the host tells more.';
  if (refusal.scimType === 'uniqueness')
    return 'Give each customer an address of its own: correct it in the identity provider, or let the row of the mapping read another attribute. A customer that waits for the address of one after it changes when mapping:apply is run again.';
  return cureOf(refusal, profile);
}
