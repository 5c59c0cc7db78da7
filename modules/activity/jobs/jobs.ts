import { setImmediate as pause } from 'node:timers/promises';
import { type Clock, type Logger, type ServiceToken, service } from '../../framework/index.ts';
import type { Purger } from '../retention/purger.ts';
import { type Sealer, sealSize } from '../seal/sealer.ts';
import type { Lease } from './lease.ts';
import type { ProcessLoad } from './load.ts';

const lookEvery = 5_000;
const purgeEvery = 600_000;
const anchorEvery = 3_600_000;
/**
 * A batch that is not full, or any in a busy process, is sealed once its oldest record is this old: a quiet store makes a
 * seal a minute at most, and a burst of requests is over first.
 */
const oldestWaits = 60_000;

/** Sealing and purging in the background of a server. */
export interface ActivityJobs {
  start(): void;
  /** Resolves once the batch under way has ended. */
  stop(): Promise<void>;
  /** One look of the background job: seals full batches, and what has waited for a minute, where this process has the lease. */
  look(): Promise<void>;
  /** Seals everything that waits, batch by batch. Answers how many records were sealed. */
  seal(): Promise<number>;
  /** Removes what is past its time, batch by batch. Answers how many records were removed. */
  purge(): Promise<number>;
}
export const ActivityJobs: ServiceToken<ActivityJobs> = service<ActivityJobs>('activity.ActivityJobs');

export function createJobs(room: {
  readonly sealer: Sealer;
  readonly purger: Purger;
  readonly sealLease: Lease;
  readonly purgeLease: Lease;
  /** Told once an hour in which something was sealed. */
  readonly anchor: () => Promise<void>;
  /** In a busy process a full batch waits for its minute too. */
  readonly load: ProcessLoad;
  readonly clock: Clock;
  readonly logger: Logger;
}): ActivityJobs {
  const { sealer, purger, sealLease, purgeLease, anchor, load, clock, logger } = room;
  const timers: NodeJS.Timeout[] = [];
  const working = new Set<Promise<unknown>>();
  let stopped = false;
  let sealed = 0;

  /** Batch after batch while there are any. Between two, requests get their turn. */
  async function batches(next: () => Promise<number>): Promise<number> {
    let done = 0;
    for (;;) {
      const count = await next();
      done += count;
      if (count === 0 || stopped) return done;
      await pause();
    }
  }

  const sealReady = (calm: boolean) => () =>
    sealer.sealBatch(
      (count, oldest) => clock.now().getTime() - oldest.getTime() >= oldestWaits || (calm && count >= sealSize),
    );
  const held = (lease: Lease, next: () => Promise<number>) => async () => ((await lease.hold()) ? next() : 0);

  async function sealWhenMine(): Promise<void> {
    // Asked before: sealing makes the process busy itself.
    const calm = !load.busy();
    sealed += await batches(held(sealLease, sealReady(calm)));
  }
  async function purgeWhenMine(): Promise<void> {
    const removed = await batches(held(purgeLease, () => purger.purgeBatch()));
    if (removed > 0) logger.info({ removed }, 'activity records past their time were removed');
  }
  async function noteAnchor(): Promise<void> {
    if (sealed === 0) return;
    sealed = 0;
    await anchor();
  }

  /** One at a time, and never again after a stop. */
  function every(ms: number, what: string, work: () => Promise<void>): void {
    let busy = false;
    const timer = setInterval(() => {
      if (busy || stopped) return;
      busy = true;
      const run = work()
        .catch((err: unknown) => logger.error({ err }, `${what} of activity records failed; it is tried again`))
        .finally(() => {
          busy = false;
          working.delete(run);
        });
      working.add(run);
    }, ms);
    timer.unref();
    timers.push(timer);
  }

  return {
    seal: () => batches(() => sealer.sealBatch()),
    purge: () => batches(() => purger.purgeBatch()),
    look: sealWhenMine,
    start() {
      every(lookEvery, 'sealing', sealWhenMine);
      every(purgeEvery, 'purging', purgeWhenMine);
      every(anchorEvery, 'noting the head', noteAnchor);
    },
    async stop() {
      stopped = true;
      for (const timer of timers.splice(0)) clearInterval(timer);
      await Promise.all(working);
      for (const lease of [sealLease, purgeLease])
        await lease
          .release()
          .catch((err: unknown) => logger.warn({ err }, 'a lease of an activity job was not returned'));
    },
  };
}
