import type { ActivityEntry } from '../activity/index.ts';
import type { Transaction } from '../framework/index.ts';
import { invalidSyntax } from '../scim/index.ts';
import { connectionOf, type ProvisioningContext, type Room } from './room.ts';

/** What a use case knows of what it did. */
export type Done = Pick<ActivityEntry, 'operation' | 'status' | 'customerId' | 'subject' | 'changed' | 'modified'>;

/** What was understood, and what was left out, in sentences. */
export const notesOf = ({
  notes,
  ignored,
}: {
  readonly notes: readonly string[];
  readonly ignored: readonly string[];
}): readonly string[] =>
  ignored.length === 0
    ? notes
    : [...notes, ...ignored.map((name) => `"${name}" is in no known schema and was left out.`)];

/** Records a change inside its transaction, with what was understood and ignored on the way; totals are counted anew. */
export function recordChange(room: Room, tx: Transaction, context: ProvisioningContext, done: Done): void {
  const { course, caller } = context;
  course?.passed('write');
  if (caller.gathers) caller.gathers(done);
  else
    room.activities.record(tx, {
      at: context.now,
      outcome: 'done',
      connectionId: connectionOf(context).id,
      requestId: context.requestId,
      actor: caller.actor ?? caller.tokenName,
      milliseconds: course?.elapsed,
      trace: course?.steps,
      received: course,
      notes: notesOf(context),
      ...done,
    });
  tx.afterCommit(() => room.search.changed(connectionOf(context).id));
}

/**
 * The deviation `random-password`: Okta sends one with every create, though `/Schemas` offers none. It goes nowhere.
 *
 * @throws ScimError 400 `invalidSyntax` for `interop-strict`
 */
export function passOverPassword(context: ProvisioningContext): void {
  if (context.mode === 'interop-strict')
    throw invalidSyntax('No known schema has the attribute "password"; leave it out.');
  context.notes.push(
    'random-password: a password was sent and ignored, because no policy of this connection takes one.',
  );
}
