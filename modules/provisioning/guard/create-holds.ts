import type { Activities } from '../../activity/index.ts';
import type { Clock, Database, Transaction } from '../../framework/index.ts';
import { approve, type Decision, deny } from './hold/decide.ts';
import { findHold, type Hold, listHolds } from './hold/hold.ts';
import { listItems, withAddresses } from './hold/items.ts';
import { lift, standingDenial } from './hold/lift.ts';
import type { Decider, GuardHolds } from './holds.ts';
import type { GuardJobs } from './job/guard-jobs.ts';
import { beginRestore } from './restore/begin.ts';
import { countWave, listWave } from './restore/wave.ts';

interface HoldRoom {
  readonly database: Database;
  readonly activities: Activities;
  readonly jobs: GuardJobs;
  readonly clock: Clock;
}

const shown = 200;

/** Holds over their tables; what was decided is carried out by jobs. */
export function createGuardHolds({ database, activities, jobs, clock }: HoldRoom): GuardHolds {
  async function decide(
    holdId: number,
    decider: Decider,
    decision: (tx: Transaction, decision: Decision) => Promise<void>,
  ): Promise<Hold> {
    await database.transaction((tx) => decision(tx, { holdId, ...decider, at: clock.now() }));
    jobs.kick();
    return findHold(database, holdId);
  }
  return {
    list: (filter) => listHolds(database, filter),
    async show(holdId, limit = shown) {
      const hold = await findHold(database, holdId);
      const now = clock.now();
      const losses = await listWave(database, hold, now, limit);
      return {
        ...hold,
        ...(await countWave(database, hold, now)),
        ...(await standingDenial(database, hold, now)),
        held: await listItems(database, holdId, limit),
        losses: await withAddresses(database, losses),
      };
    },
    approve: (holdId, decider) => decide(holdId, decider, (tx, decision) => approve(activities, tx, decision)),
    deny: (holdId, decider) => decide(holdId, decider, (tx, decision) => deny(activities, tx, decision)),
    lift: (holdId, decider) => decide(holdId, decider, (tx, decision) => lift(activities, tx, decision)),
    restore: (holdId, decider) => decide(holdId, decider, beginRestore),
  };
}
