import type { Activities } from '../../activity/index.ts';
import type { AuthenticatedConnection } from '../../connection/index.ts';
import type { Finished } from '../../scim/index.ts';
import { parseUserId } from '../user/user-id.ts';

const changing = new Set(['create', 'replace', 'patch', 'delete']);

/** Notes a request that left no record in a transaction: a read, a no-op, a refusal, a failure. */
export function noteFinished(activities: Activities, finished: Finished<AuthenticatedConnection>, now: Date): void {
  const { status, operation, outcome, resourceType, resourceId, caller, error } = finished;
  const changed = changing.has(operation) && status < 300 && outcome !== 'unchanged';
  // A bulk request is told of operation by operation.
  const explained = operation === 'discovery' || (operation === 'bulk' && status < 300);
  if (changed || explained || !caller) return;
  activities.note({
    at: now,
    operation: `${(resourceType ?? 'scim').toLowerCase()}.${operation}`,
    outcome: status >= 500 ? 'failed' : status >= 400 ? 'refused' : 'unchanged',
    status,
    connectionId: caller.connection.id,
    customerId: resourceId === undefined || resourceType !== 'User' ? undefined : parseUserId(resourceId)?.customerId,
    subject: resourceId,
    requestId: finished.requestId,
    notes: finished.notes,
    reason: error?.message,
  });
}
