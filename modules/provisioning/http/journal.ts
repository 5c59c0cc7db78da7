import type { Activities, ActivityOutcome } from '../../activity/index.ts';
import { type Finished, isObject } from '../../scim/index.ts';
import { notesOf } from '../record.ts';
import type { Caller } from '../room.ts';
import { parseUserId } from '../user/user-id.ts';

const changing = new Set(['create', 'replace', 'patch', 'delete']);

/** What the guard holds back is refused by a rule; it is the provider that has to think it our fault and come again. */
const outcomeOf = ({ status, error }: Finished<Caller>): ActivityOutcome => {
  if (status >= 500) return error?.code === 'SCIM_HELD' ? 'refused' : 'failed';
  return status >= 400 ? 'refused' : 'unchanged';
};

/** Notes a request that left no record in a transaction: a read, a no-op, a refusal, a failure. */
export function noteFinished(activities: Activities, finished: Finished<Caller>, now: Date): void {
  const { status, operation, outcome, resourceType, resourceId, caller, error, course } = finished;
  const changed = changing.has(operation) && status < 300 && outcome !== 'unchanged';
  // A bulk request is told of operation by operation.
  const explained = operation === 'discovery' || (operation === 'bulk' && status < 300);
  if (changed || explained || !caller) return;
  activities.note({
    at: now,
    operation: `${(resourceType ?? 'scim').toLowerCase()}.${operation}`,
    outcome: outcomeOf(finished),
    status,
    connectionId: caller.connection.id,
    customerId: resourceId === undefined || resourceType !== 'User' ? undefined : parseUserId(resourceId)?.customerId,
    subject: resourceId ?? namedIn(course.body),
    requestId: finished.requestId,
    actor: caller.actor ?? caller.tokenName,
    milliseconds: finished.milliseconds,
    // What reads look for is nobody's to keep; what a change wanted explains its refusal, and can be tried again.
    ...(changing.has(operation) ? { trace: course.steps, received: course } : {}),
    notes: notesOf(finished),
    reason: error?.message,
  });
}

/** Whom a creation that was refused was about, in the client's words: reports are searched by it. */
function namedIn(body: unknown): string | undefined {
  if (!isObject(body)) return undefined;
  const found = Object.entries(body).find(([name]) => ['username', 'displayname'].includes(name.toLowerCase()));
  return typeof found?.[1] === 'string' ? found[1] : undefined;
}
