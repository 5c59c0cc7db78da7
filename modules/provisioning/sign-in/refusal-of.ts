import { CustomerError } from '../../customer/index.ts';
import { DatabaseError, DuplicateKeyError } from '../../framework/index.ts';
import { ScimError } from '../../scim/index.ts';
import { MatchPending } from '../adoption/takeover.ts';
import { scimErrorFor } from '../http/errors.ts';
import { duplicateAnswer } from '../user/conflict.ts';
import type { Progress } from './attempt.ts';
import { type SignInRefusal, SignInRefused } from './refused.ts';

/** True for what says that a value, or the state of the user, does not let the change be made: the person may come in without. */
export const isAboutTheChange = (error: unknown): boolean =>
  error instanceof CustomerError || (error instanceof ScimError && error.status < 500);

/** What an error of the use cases means to somebody who signs in; anything else is our fault and is thrown as it is. */
export function refusalOf(error: unknown, { stage, customerId }: Progress, asked: boolean): unknown {
  if (error instanceof SignInRefused || error instanceof MatchPending) return error;
  const answer = error instanceof DuplicateKeyError ? duplicateAnswer(error) : error;
  const refused = answer instanceof ScimError ? answer : scimErrorFor(answer);
  if (!refused) return error instanceof DatabaseError ? refusing('BUSY', error) : error;
  return refusing(codeOf(refused, stage, asked), refused);

  function refusing(code: SignInRefusal, cause: Error): SignInRefused {
    return new SignInRefused(code, cause.message, customerId, { cause });
  }
}

function codeOf({ status }: ScimError, stage: Progress['stage'], asked: boolean): SignInRefusal {
  if (asked) return 'MATCH_PENDING';
  if (status === 409) return 'TAKEN';
  if (status === 403) return stage === 'taking over' ? 'MATCH_REFUSED' : 'PROTECTED';
  return status >= 500 || status === 429 ? 'BUSY' : 'INVALID';
}
