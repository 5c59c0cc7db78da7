import type { ActivityEntry } from '../../activity/index.ts';
import type { Transaction } from '../../framework/index.ts';
import type { Batching, BatchParts } from './batch.ts';
import type { Plan } from './plan.ts';
import { noteProgress } from './progress.ts';

type Parts = Pick<BatchParts, 'services' | 'options' | 'progress'>;

/**
 * Each customer that was written has a record with the values before and after, in the same transaction: who asks what happened
 * to a customer asks for the customer, not for a file. What stayed as it was has none.
 */
export function recordCustomer(
  { services, options, progress }: Parts,
  tx: Transaction,
  plan: Extract<Plan, { kind: 'create' | 'update' }>,
  customerId: number,
  now: Date,
): void {
  const { wanted, modified } = plan;
  const before = plan.kind === 'update' ? plan.current.attributes.email : undefined;
  services.activities.record(tx, {
    at: now,
    operation: `customer.${plan.kind}`,
    outcome: 'done',
    status: plan.kind === 'create' ? 201 : 200,
    customerId,
    subject: String(before ?? wanted.email ?? customerId),
    actor: options.actor,
    requestId: progress.run,
    changed: modified.map(({ attribute }) => attribute),
    modified,
    notes: [`Imported from ${options.name}, line ${wanted.line}.`],
  });
}

/** Notes that the whole file is done, and records the import itself: one record, with what came of it. */
export async function finishImport({ services, options, progress }: Parts, at: Batching): Promise<void> {
  const { activities, clock, database } = services;
  const now = clock.now();
  await database.transaction(async (tx) => {
    activities.record(tx, summary({ options, progress }, at, now));
    await noteProgress(tx, progress, at.counts, at.errorsBytes, true, now);
  });
}

function summary({ options, progress }: Omit<Parts, 'services'>, { counts }: Batching, now: Date): ActivityEntry {
  const { records, created, updated, unchanged, skipped, failed } = counts;
  return {
    at: now,
    operation: 'customer.import',
    outcome: created + updated > 0 ? 'done' : failed > 0 ? 'refused' : 'unchanged',
    status: failed > 0 ? 207 : 200,
    subject: options.name,
    actor: options.actor,
    requestId: progress.run,
    notes: [
      `${records} customers in the file: ${created} created, ${updated} updated, ${unchanged} unchanged, ${skipped} skipped, ${failed} failed.`,
      ...(options.managed ? ['Customers that an identity provider manages were changed too.'] : []),
    ],
  };
}
