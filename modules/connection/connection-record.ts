import type { Activities } from '../activity/index.ts';
import type { Transaction } from '../framework/index.ts';
import type { Connection } from './connection.ts';

/** Records that a connection was made, in the transaction that makes it. */
export function recordOpening(
  tx: Transaction,
  activities: Activities,
  { id, code, name, profile }: Connection,
  { by, website, now }: { readonly by: string; readonly website: string; readonly now: Date },
): void {
  const members = { code, name, profile, website };
  activities.record(tx, {
    at: now,
    operation: 'connection.create',
    outcome: 'done',
    status: 201,
    connectionId: id,
    subject: code,
    actor: by,
    modified: Object.entries(members).map(([attribute, after]) => ({ attribute, after })),
  });
}
