import { createHash } from 'node:crypto';
import { type Clock, type Database, sql, type Transaction } from 'vestibule/framework';
import type { LmsUser } from '../lms/lms.ts';
import { LmsError } from '../lms/lms.ts';
import { type LogAct, log } from '../log/log.ts';
import { digestOf } from './standing.ts';

/** What is asked of the LMS for one customer: each act once, with its entry in the log. */
export interface Acts {
  /** Makes one call; on success `write` and the entry commit together. @throws LmsError, which is logged too */
  carryOut<T>(
    act: { readonly act: LogAct; readonly course: string | null },
    call: () => Promise<T>,
    write: (tx: Transaction, result: T) => Promise<void>,
  ): Promise<T>;
}

export function createActs(database: Database, clock: Clock, customerId: number): Acts {
  return {
    async carryOut(act, call, write) {
      const entry = () => ({ ...act, customerId, atMs: clock.now().getTime() });
      let result: Awaited<ReturnType<typeof call>>;
      try {
        result = await call();
      } catch (error) {
        if (error instanceof LmsError)
          await database.transaction(async (tx) =>
            log(tx, { ...entry(), outcome: error.code === 'LMS_REFUSED' ? 'failed' : 'later', note: error.message }),
          );
        throw error;
      }
      await database.transaction(async (tx) => {
        await write(tx, result);
        log(tx, { ...entry(), outcome: 'done', note: null });
      });
      return result;
    },
  };
}

/** Remembers under which id the LMS knows a customer, and what it was told. */
export async function rememberUser(tx: Transaction, user: LmsUser, lmsId: string, nowMs: number): Promise<void> {
  await tx.run(
    sql`INSERT INTO {vestibule_course_user} (customer_id, lms_id, digest, saved_ms) VALUES (${user.customerId}, ${lmsId}, ${digestOf(user)}, ${nowMs}) ${tx.dialect.onDuplicate(['customer_id'], ['lms_id', 'digest', 'saved_ms'])}`,
  );
}

export async function rememberEnrolment(tx: Transaction, customerId: number, course: string, nowMs: number) {
  await tx.run(
    sql`INSERT INTO {vestibule_course_enrolment} (customer_id, course, enrolled_ms) VALUES (${customerId}, ${course}, ${nowMs}) ${tx.dialect.onDuplicate(['customer_id', 'course'], ['enrolled_ms'])}`,
  );
}

export async function forgetEnrolment(tx: Transaction, customerId: number, course: string): Promise<void> {
  await tx.run(sql`DELETE FROM {vestibule_course_enrolment} WHERE customer_id = ${customerId} AND course = ${course}`);
}

/** Nothing is left of a customer who is gone. */
export async function forgetCustomer(tx: Transaction, customerId: number): Promise<void> {
  await tx.run(sql`DELETE FROM {vestibule_course_reason} WHERE customer_id = ${customerId}`);
  await tx.run(sql`DELETE FROM {vestibule_course_enrolment} WHERE customer_id = ${customerId}`);
  await tx.run(sql`DELETE FROM {vestibule_course_user} WHERE customer_id = ${customerId}`);
}

/** The id under which an act goes out however often it is tried: it names the act and what gave rise to it. */
export const messageIdOf = (act: LogAct, customerId: number, ...rise: readonly (string | number)[]): string =>
  `crs_${createHash('sha256')
    .update(JSON.stringify([act, customerId, ...rise]))
    .digest('base64url')
    .slice(0, 27)}`;
