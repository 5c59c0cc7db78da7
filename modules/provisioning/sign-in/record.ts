import { DatabaseError, type Transaction } from '../../framework/index.ts';
import { type Done, notesOf } from '../record.ts';
import { connectionOf, type ProvisioningContext, type Room } from '../room.ts';
import { SignInRefused } from './refused.ts';
import type { Arrival, SignedIn } from './sign-ins.ts';

export const signInOperation = 'sign-in';

/** An identifier is somebody else's text: as much of it as a record needs to be found by. */
const longestSubject = 255;

const about = (context: ProvisioningContext, { identifier }: Arrival) => ({
  at: context.now,
  operation: signInOperation,
  connectionId: connectionOf(context).id,
  subject: identifier.slice(0, longestSubject),
  actor: context.caller.tokenName,
  requestId: context.requestId,
  milliseconds: context.course?.elapsed,
  trace: context.course?.steps,
  received: context.course,
});

interface CameIn {
  readonly outcome: SignedIn['outcome'];
  readonly changed: boolean;
  /** What was written to the user, if anything was. */
  readonly done: Done | undefined;
  readonly customerId: number;
}

const words: Readonly<Record<SignedIn['outcome'], string>> = {
  created: 'The customer was made at the first sign-in.',
  adopted: 'A customer that the store had was taken over at the first sign-in.',
  linked: 'A user of the connection signed in for the first time by this identifier.',
  updated: 'The sign-in changed the user.',
  unchanged: 'The sign-in changed nothing.',
};

/** Records a sign-in in its transaction, with what it changed. */
export function recordSignIn(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  arrival: Arrival,
  { outcome, changed, done, customerId }: CameIn,
): void {
  context.course?.passed('answer', outcome);
  room.activities.record(tx, {
    ...about(context, arrival),
    outcome: changed || outcome === 'linked' ? 'done' : 'unchanged',
    status: 200,
    customerId,
    changed: done?.changed,
    modified: done?.modified,
    notes: [words[outcome], ...notesOf(context)],
  });
}

/** Notes a sign-in of which nothing is left: refused by a rule, or failed on our side. */
export function noteFailure(room: Room, context: ProvisioningContext, arrival: Arrival, error: unknown): void {
  const refused = error instanceof SignInRefused && error.code !== 'BUSY';
  context.course?.passed('answer', error instanceof SignInRefused ? error.code : 'failed');
  room.activities.note({
    ...about(context, arrival),
    outcome: refused ? 'refused' : 'failed',
    status: refused ? 403 : error instanceof SignInRefused || error instanceof DatabaseError ? 503 : 500,
    customerId: error instanceof SignInRefused ? error.customerId : undefined,
    notes: notesOf(context),
    reason: error instanceof Error ? error.message : String(error),
  });
}
