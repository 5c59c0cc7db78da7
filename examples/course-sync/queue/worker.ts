import type { Customers } from 'vestibule/customer';
import type { Clock, Database } from 'vestibule/framework';
import type { GroupMemberships } from 'vestibule/provisioning';
import type { Mappings } from '../course/mapping.ts';
import { type Lms, LmsError } from '../lms/lms.ts';
import { courseDifference } from '../reason/reason.ts';
import { createActs, forgetCustomer, forgetEnrolment, messageIdOf, rememberEnrolment, rememberUser } from './acts.ts';
import { triedFor, waitAfter } from './backoff.ts';
import type { Claimed, Outcome } from './claim.ts';
import { digestOf, readStanding, type Standing } from './standing.ts';

export interface WorkerRoom {
  readonly database: Database;
  readonly customers: Customers;
  readonly memberships: GroupMemberships;
  readonly mappings: Mappings;
  readonly lms: Lms;
  readonly clock: Clock;
  readonly random: () => number;
}

/** What came of a line, and whether the LMS is in trouble with everybody. */
export interface Worked {
  readonly outcome: Outcome;
  readonly troubled: boolean;
}

/** Nothing is begun in the last seconds of a claim, and what is under way is cut before it ends. */
const reserve = 15_000;
const cutBefore = 5_000;

/** Does for the customer of a claimed line what there is to do: its reasons, then its user in the LMS, then its courses. */
export async function work(room: WorkerRoom, line: Claimed, stop: AbortSignal): Promise<Worked> {
  const { clock, random } = room;
  const nowMs = clock.now().getTime();
  try {
    const standing = await readStanding(room, line.customerId, nowMs);
    const left = Math.max(1, line.untilMs - clock.now().getTime() - cutBefore);
    const signal = AbortSignal.any([stop, AbortSignal.timeout(left)]);
    return { outcome: await bringInLine(room, line, standing, signal), troubled: false };
  } catch (error) {
    if (stop.aborted) return { outcome: { kind: 'again' }, troubled: true };
    if (!(error instanceof LmsError)) throw error;
    const note = error.message;
    if (error.code === 'LMS_REFUSED') return { outcome: { kind: 'failed', note }, troubled: false };
    const tiredOfIt = line.triedMs !== null && nowMs - line.triedMs >= triedFor;
    const waitMs = waitAfter(line.attempts + 1, random, error.retryAfterMs);
    return { outcome: tiredOfIt ? { kind: 'failed', note } : { kind: 'later', waitMs, note }, troubled: true };
  }
}

/** @throws LmsError for what concerns more than one course */
async function bringInLine(
  room: WorkerRoom,
  { customerId, untilMs }: Claimed,
  standing: Standing,
  signal: AbortSignal,
): Promise<Outcome> {
  const { database, lms, clock } = room;
  const { reasons, enrolments, gone } = standing;
  const acts = createActs(database, clock, customerId);
  const { enrol, unenrol } = courseDifference(
    gone ? reasons.filter(({ kept }) => kept) : reasons,
    enrolments.map(({ course }) => course),
  );
  const lmsId = await savedUser(room, standing, enrol.length > 0, signal);
  const refused: string[] = [];
  const late = (): boolean => signal.aborted || clock.now().getTime() > untilMs - reserve;

  async function each(courses: readonly string[], one: (course: string) => Promise<unknown>): Promise<boolean> {
    for (const course of courses) {
      if (late()) return false;
      await one(course).catch((error: unknown) => {
        if (!(error instanceof LmsError && error.code === 'LMS_REFUSED')) throw error;
        refused.push(error.message);
      });
    }
    return true;
  }
  if (lmsId !== undefined) {
    const user = { customerId, lmsId };
    const whole =
      (gone ||
        (await each(enrol, (course) =>
          acts.carryOut(
            { act: 'enrol', course },
            () => lms.enrol(user, course, { messageId: idOfEnrolment(standing, customerId, course), signal }),
            (tx) => rememberEnrolment(tx, customerId, course, clock.now().getTime()),
          ),
        ))) &&
      (await each(unenrol, (course) => {
        const { enrolledMs } = enrolments.find((one) => one.course === course) ?? { enrolledMs: 0 };
        return acts.carryOut(
          { act: 'unenrol', course },
          () =>
            lms.unenrol(user, course, { messageId: messageIdOf('unenrol', customerId, course, enrolledMs), signal }),
          (tx) => forgetEnrolment(tx, customerId, course),
        );
      }));
    if (!whole) return { kind: 'again' };
  }
  if (refused.length > 0) return { kind: 'failed', note: refused.join(' ') };
  if (gone) await database.transaction((tx) => forgetCustomer(tx, customerId));
  return { kind: 'done' };
}

/** The oldest reason that wants it: the same as long as it is tried, another when it is bought anew. */
const idOfEnrolment = ({ reasons }: Standing, customerId: number, course: string): string =>
  messageIdOf(
    'enrol',
    customerId,
    course,
    Math.min(...reasons.filter((one) => one.course === course).map(({ sinceMs }) => sinceMs)),
  );

/**
 * The customer's id in the LMS, whose user is made before its first course and kept up to date. Undefined where there is
 * no user and none is needed. @throws LmsError
 */
async function savedUser(
  { database, lms, clock }: WorkerRoom,
  { user, gone, told }: Standing,
  needed: boolean,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (gone || (!needed && told === undefined)) return told?.lmsId;
  if (!user) {
    if (!needed) return told?.lmsId;
    throw new LmsError(
      'LMS_REFUSED',
      'The customer has a placeholder in the place of an e-mail, which no LMS can use: give it an e-mail.',
    );
  }
  const digest = digestOf(user);
  const changed = told?.digest !== digest;
  if (!needed && !changed) return told?.lmsId;
  const call = () =>
    lms.saveUser(user, told?.lmsId, changed, { messageId: messageIdOf('user', user.customerId, digest), signal });
  if (!changed) return call();
  const acts = createActs(database, clock, user.customerId);
  return acts.carryOut({ act: 'user', course: null }, call, (tx, lmsId) =>
    rememberUser(tx, user, lmsId, clock.now().getTime()),
  );
}
