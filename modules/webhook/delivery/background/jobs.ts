import { type Logger, type ServiceToken, service } from '../../../framework/index.ts';
import type { Purge } from '../log/purge.ts';
import type { Dispatcher } from './dispatcher.ts';

/** What other processes enqueued, and what is due again, is seen within so many milliseconds. */
const lookEvery = 500;
const purgeEvery = 600_000;
/** How long a stop waits for attempts under way before it cuts them, in milliseconds. */
const stopWaits = 7_000;

/** Delivery in the background of a server. */
export interface DeliveryJobs {
  start(): void;
  /** Resolves once attempts under way have ended or were cut, and what was claimed is given back. */
  stop(): Promise<void>;
  /** Something was enqueued: look now. Nothing happens where the job does not run. */
  wake(): void;
  /** Delivers everything that is due now. Answers how many attempts that took. */
  look(): Promise<number>;
  /** Removes what ended long ago, and what is of subscriptions that are gone. Answers how many deliveries. */
  purge(): Promise<number>;
}
export const DeliveryJobs: ServiceToken<DeliveryJobs> = service<DeliveryJobs>('webhook.DeliveryJobs');

export function createJobs(room: {
  readonly dispatcher: Dispatcher;
  readonly purge: Purge;
  readonly abort: AbortController;
  readonly logger: Logger;
  readonly grace?: number;
}): DeliveryJobs {
  const { dispatcher, purge, abort, logger, grace = stopWaits } = room;
  const timers: NodeJS.Timeout[] = [];
  const working = new Set<Promise<unknown>>();
  let running = false;
  let looking = false;
  let again = false;

  const failed = (what: string) => (err: unknown) => logger.error({ err }, `${what} failed; it is tried again`);
  function track(what: string, work: () => Promise<unknown>): void {
    const tracked: Promise<unknown> = work()
      .catch(failed(what))
      .finally(() => working.delete(tracked));
    working.add(tracked);
  }
  async function lookWhileWoken(): Promise<void> {
    looking = true;
    try {
      do {
        again = false;
        await dispatcher.look();
      } while (again && running);
    } finally {
      looking = false;
    }
  }
  function wake(): void {
    again = true;
    if (running && !looking) track('looking for deliveries of webhooks', lookWhileWoken);
  }
  const every = (milliseconds: number, work: () => void): void => {
    const timer = setInterval(work, milliseconds);
    timer.unref();
    timers.push(timer);
  };

  return {
    wake,
    purge: () => purge(),
    async look() {
      const before = dispatcher.attempts();
      for (let made = -1; made !== dispatcher.attempts(); ) {
        made = dispatcher.attempts();
        if ((await dispatcher.look()) === 0) break;
        await dispatcher.idle();
      }
      await dispatcher.idle();
      return dispatcher.attempts() - before;
    },
    start() {
      running = true;
      every(lookEvery, wake);
      every(purgeEvery, () => track('the removal of old deliveries', () => purge(() => !running)));
      wake();
    },
    async stop() {
      running = false;
      for (const timer of timers.splice(0)) clearInterval(timer);
      dispatcher.stop();
      const cut = setTimeout(() => abort.abort(), grace);
      await Promise.all(working);
      await dispatcher.idle();
      clearTimeout(cut);
    },
  };
}
