import type { ActivityEntry } from '../activity/index.ts';
import type { Transaction } from '../framework/index.ts';
import { connectionOf, type ProvisioningContext, type Room } from './room.ts';

/** What a use case knows of what it did. */
export type Done = Pick<ActivityEntry, 'operation' | 'status' | 'customerId' | 'subject' | 'changed'>;

/** Records a change inside its transaction, with what was understood and ignored on the way. */
export function recordChange(room: Room, tx: Transaction, context: ProvisioningContext, done: Done): void {
  const ignored = context.ignored.map((name) => `"${name}" is in no known schema and was left out.`);
  room.activities.record(tx, {
    at: context.now,
    outcome: 'done',
    connectionId: connectionOf(context).id,
    requestId: context.requestId,
    notes: [...context.notes, ...ignored],
    ...done,
  });
}

/** For the record of a request that brought a password. */
export const passwordNote = 'A password was sent; it was ignored, because no policy of this connection allows it.';
