import { idList, sql, type Transaction } from '../../framework/index.ts';
import { listsOf } from '../group/pieces.ts';
import { connectionOf, type ProvisioningContext } from '../room.ts';
import { createActiveCustomers } from './active-customers.ts';
import { leastLimit, limitOf } from './limit.ts';
import { measure } from './measure.ts';
import { GuardTrip, type Tripped } from './trip.ts';

/** What a request would add to the window. */
export interface Load extends Pick<Tripped, 'kind' | 'subject'> {
  readonly losing: readonly number[];
  /** Those in the window and those who would come; never less than there are, as long as nothing is undone. */
  readonly wouldBe: number;
  /** True while a decision is waited for: then nothing passes. */
  readonly isOpen: boolean;
  /** Everybody whom it would cost something, where `losing` are only the first of them. */
  readonly everybody: () => Promise<readonly number[]>;
}

/** @throws GuardTrip for what is too much */
export type Scales = (tx: Transaction, context: ProvisioningContext, load: Load) => Promise<void>;

/**
 * Lets pass what stays within the limit, in most cases without a statement. Before anything is held, everything is counted
 * anew: who has got back what was lost does not count, and the limit is that of this moment.
 */
export function createScales(): Scales {
  const active = createActiveCustomers();
  return async (tx, context, { kind, subject, losing, wouldBe, isOpen, everybody }) => {
    const connection = connectionOf(context);
    const { policy } = connection;
    const known = active.known(connection.id, context.now);
    const within = wouldBe <= leastLimit(policy) || (known !== undefined && wouldBe <= limitOf(policy, known));
    if (within && !isOpen) return;
    const measured = await measure(tx, connection, context.now);
    active.remember(connection.id, measured.active, context.now);
    const standing = losing.reduce((n, id) => (measured.standing.has(id) ? n : n + 1), measured.standing.size);
    const limit = limitOf(policy, measured.active);
    if (isOpen || standing > limit) {
      const customers = await everybody();
      throw new GuardTrip({ wouldBe: standing, limit, active: measured.active, kind, subject, customers });
    }
    for (const ids of listsOf(measured.undone))
      tx.later(sql`UPDATE {vestibule_guard_event} SET counts = 0 WHERE event_id IN (${idList(ids)})`);
  };
}
