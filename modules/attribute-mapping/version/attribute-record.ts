import type { Activities } from '../../activity/index.ts';
import type { CustomerAttribute } from '../../customer/index.ts';
import type { Transaction } from '../../framework/index.ts';

/** Records that a customer attribute was made, in the transaction that makes it: the store's own tables know no author. */
export function recordAttribute(
  tx: Transaction,
  activities: Activities,
  { code, label, backendType, input }: CustomerAttribute,
  { author, now }: { readonly author: string; readonly now: Date },
): void {
  const members = { label, type: backendType, input };
  activities.record(tx, {
    at: now,
    operation: 'attribute.create',
    outcome: 'done',
    status: 201,
    subject: code,
    actor: author,
    modified: Object.entries(members).map(([attribute, after]) => ({ attribute, after })),
  });
}
