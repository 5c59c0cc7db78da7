import type { Connection } from '../../connection/index.ts';
import type { CustomerState } from '../../customer/index.ts';
import type { Clock } from '../../framework/index.ts';
import { Course } from '../../scim/index.ts';
import type { Room } from '../room.ts';
import { signInContext } from '../sign-in/context.ts';
import { SignInRefused } from '../sign-in/refused.ts';
import type { Arrival, SignedIn, SignIns } from '../sign-in/sign-ins.ts';
import { customerNow } from './customer-now.ts';
import { differenceOf, presentCustomer } from './difference.ts';
import type { Issue } from './issue.ts';
import { issuesOf } from './issues.ts';
import type { ReceivedPayload } from './received-payloads.ts';
import { cureOfSignIn } from './sign-in-cure.ts';
import type { SignInPreview } from './sign-in-preview.ts';
import { undoneRoom, type Watch } from './undone-room.ts';

/** What trials of sign-ins work with. */
export interface SignInTrialParts {
  readonly room: Room;
  readonly signIns: SignIns;
  readonly clock: Clock;
}

/** Somebody who came once, and is tried again. */
export interface SignInQuestion {
  readonly connection: Connection;
  readonly request: Pick<ReceivedPayload, 'method' | 'path' | 'body'>;
  readonly arrival: Arrival;
}

/**
 * Says what a sign-in would do, by carrying it out in transactions that are rolled back: with its groups, its memory and its
 * refusals. Nobody is signed in.
 */
export async function trySignIn(
  { room, signIns, clock }: SignInTrialParts,
  { connection, request, arrival }: SignInQuestion,
): Promise<SignInPreview> {
  const mapping = room.mapping.of(connection);
  const watch: Watch<CustomerState | undefined> = {
    records: [],
    before: undefined,
    after: undefined,
    look: async (tx, result) =>
      result === undefined
        ? undefined
        : customerNow(tx, room.customers, connection, mapping, (result as SignedIn).customerId),
  };
  const course = new Course(request.method, request.path);
  course.body = request.body;
  const { caller, ...occasion } = signInContext({ connection, requestId: '', now: clock.now(), course });
  const context = { ...occasion, caller: { ...caller, rehearsal: undoneRoom(room, watch) } };
  const came = await signIns.signIn(context, arrival).catch((error: unknown) => {
    if (error instanceof SignInRefused) return error;
    throw error;
  });
  const refusal = came instanceof SignInRefused ? came : undefined;
  const now =
    came.customerId === undefined
      ? undefined
      : await customerNow(room.database, room.customers, connection, mapping, came.customerId);
  const record = watch.records.at(-1);
  return {
    identifier: arrival.identifier,
    status: record?.status ?? 200,
    ...(came instanceof SignInRefused ? {} : { outcome: came.outcome }),
    present: now ? presentCustomer(now) : null,
    difference: refusal ? [] : differenceOf(now, watch.after),
    issues: [
      ...(refusal ? [refused(refusal)] : []),
      ...issuesOf({
        connection,
        error: undefined,
        notes: record?.notes ?? [],
        ignored: [],
        mapped: undefined,
        mapping,
        required: [],
      }),
    ],
    trace: course.steps,
  };
}

const refused = ({ code, message }: SignInRefused): Issue => ({
  severity: 'error',
  code: code.toLowerCase().replaceAll('_', '-'),
  message,
  cure: cureOfSignIn(code),
});
