import type { DatabaseError } from '../../../modules/framework/database/errors.ts';

/** What a promise is rejected with; fails the test when it is not. */
export async function failureOf(promise: Promise<unknown>): Promise<DatabaseError> {
  try {
    await promise;
  } catch (error) {
    return error as DatabaseError;
  }
  throw new Error('Nothing was thrown');
}
