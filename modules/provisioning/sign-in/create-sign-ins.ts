import { type Database, DuplicateKeyError, type Events, type Logger } from '../../framework/index.ts';
import { PATCH_OP_SCHEMA } from '../../scim/index.ts';
import { MatchPending, orAsk } from '../adoption/takeover.ts';
import { onBehalfOf } from '../cause.ts';
import { printGroupId } from '../group/group-id.ts';
import { keepRequest } from '../guard/hold/keep.ts';
import type { Withdrawals } from '../guard/hold/withdraw.ts';
import type { Done } from '../record.ts';
import { connectionOf, type ProvisioningContext, type Room, roomFor } from '../room.ts';
import { withExpressions } from '../user/expressions.ts';
import { attempt, type Manner, type Progress } from './attempt.ts';
import { MembershipHeld } from './groups.ts';
import { noteFailure } from './record.ts';
import { isAboutTheChange, refusalOf } from './refusal-of.ts';
import type { Arrival, SignedIn, SignIns } from './sign-ins.ts';
import { requireIdentifier, requireServing } from './standing.ts';

/** What stands around the transaction of a sign-in. */
export interface SignInRoom {
  readonly room: Room;
  readonly database: Database;
  readonly events: Events;
  readonly logger: Logger;
  readonly withdrawals: Withdrawals;
}

/** A key that somebody else has just taken is looked at anew so often: then it is not a matter of the moment. */
const mostRounds = 5;

export function createSignIns(parts: SignInRoom): SignIns {
  return {
    async signIn(given, arrival) {
      const room = roomFor(parts.room, given);
      const done: Done[] = [];
      const caller = { ...given.caller, gathers: (what: Done) => void done.push(what) };
      const context: ProvisioningContext = { ...given, caller };
      try {
        requireServing(connectionOf(context));
        requireIdentifier(context, arrival);
        await room.customers.ready(room.database);
        await room.mapping.ready(room.database, connectionOf(context));
        return await untilSettled(parts, room, context, arrival, done);
      } catch (error) {
        noteFailure(room, context, arrival, error);
        throw error;
      }
    },
  };
}

/** Tries until it stands or is refused: what was in the way may be gone, or may be done without. */
async function untilSettled(
  parts: SignInRoom,
  room: Room,
  context: ProvisioningContext,
  arrival: Arrival,
  done: Done[],
): Promise<SignedIn> {
  const noted = context.notes.length;
  const remarks: string[] = [];
  const progress: Progress = { stage: 'finding', customerId: undefined };
  let manner: Manner = { updates: true, takesBack: true, makesWay: false };
  let asked = false;

  const once = (): Promise<SignedIn> =>
    onBehalfOf(room.database, connectionOf(context).id, (tx) => {
      // A transaction that is run again says everything again.
      context.notes.length = noted;
      context.notes.push(...remarks);
      done.length = 0;
      Object.assign(progress, { stage: 'finding', customerId: undefined });
      return attempt(room, tx, context, arrival, { manner, progress, done });
    });
  const asking = async (): Promise<SignedIn> => {
    try {
      return await once();
    } catch (error) {
      asked ||= error instanceof MatchPending;
      throw error;
    }
  };

  for (let round = 1; ; round++) {
    try {
      return await orAsk(room, context, () => withExpressions(room, context, asking));
    } catch (error) {
      if (error instanceof MembershipHeld && manner.takesBack) {
        remarks.push(await hold(parts, context, error));
        manner = { ...manner, takesBack: false };
      } else if (error instanceof DuplicateKeyError && round < mostRounds) {
        // Of somebody known it is the second time a value that another customer has.
        if (manner.makesWay && progress.stage === 'known' && manner.updates)
          manner = withoutUpdate(manner, remarks, 'another customer has one of the values');
        else manner = { ...manner, makesWay: true };
      } else if (progress.stage === 'known' && manner.updates && isAboutTheChange(error)) {
        manner = withoutUpdate(manner, remarks, error instanceof Error ? error.message : '');
      } else throw refusalOf(error, progress, asked);
    }
  }
}

/** Who is known comes in, even if something that is said of them can't be written. */
function withoutUpdate(manner: Manner, remarks: string[], why: string): Manner {
  remarks.push(`The user was left as it is: ${why}`);
  return { ...manner, updates: false };
}

/** Keeps what the guard holds as the change of a group that it is: approved, it is carried out without another sign-in. */
async function hold(
  { database, events, logger, withdrawals }: SignInRoom,
  context: ProvisioningContext,
  { groupId, userId, trip, message }: MembershipHeld,
): Promise<string> {
  const connection = connectionOf(context);
  if (!trip) return `A membership was not taken back: ${message}.`;
  if (!context.caller.rehearsal) {
    const path = `members[value eq "${userId}"]`;
    const body = { schemas: [PATCH_OP_SCHEMA], Operations: [{ op: 'remove', path }] };
    const request = { operation: 'group.patch', id: printGroupId(groupId), body, hadPassword: false } as const;
    const { requestId, now: at } = context;
    await keepRequest({ database, events, logger }, { connection, request, requestId, tripped: trip.tripped, at });
    withdrawals.opened(connection.id);
  }
  return 'The mass-deprovision guard holds that the person leaves a group; until an administrator decides, the person stays in it.';
}
