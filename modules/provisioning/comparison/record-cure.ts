import type { ModifiedAttribute } from '../../activity/index.ts';
import type { Transaction } from '../../framework/index.ts';
import type { Room } from '../room.ts';
import type { Disagreement, Remedy } from './disagreement.ts';
import type { Curing } from './user-comparison.ts';

/** Remedies that bring the store back to what is kept of the user; the others leave its values, or take rows away. */
const bringsBack: ReadonlySet<Remedy> = new Set(['lock', 'unlock', 'restore', 'move', 'rewrite']);

const changed = ({ values }: Disagreement, remedy: Remedy): readonly ModifiedAttribute[] =>
  bringsBack.has(remedy)
    ? values.map(({ attribute, before, after }) => ({ attribute, before: after, after: before }))
    : values;

/** Records a cure with who asked for it. Totals of searches are counted anew. */
export function recordCure(room: Room, tx: Transaction, found: Disagreement, remedy: Remedy, curing: Curing): void {
  const { connectionId, customerId, groupId, subject, kind } = found;
  const modified = changed(found, remedy);
  room.activities.record(tx, {
    at: curing.now,
    operation: groupId === null ? 'user.reconcile' : 'group.reconcile',
    outcome: 'done',
    status: 200,
    actor: curing.by,
    ...(connectionId === null ? {} : { connectionId }),
    ...(customerId === null ? {} : { customerId }),
    ...(subject === null ? {} : { subject }),
    changed: modified.map(({ attribute }) => attribute),
    modified,
    notes: [`Reconciled: ${kind}, cured by "${remedy}".`],
  });
  if (connectionId !== null) tx.afterCommit(() => room.search.changed(connectionId));
}
