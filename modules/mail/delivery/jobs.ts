import { type Logger, type ServiceToken, service } from '../../framework/index.ts';
import type { Delivered, Delivery } from './delivery.ts';

const lookEvery = 15_000;
const purgeEvery = 3_600_000;
/** How long a stop waits for the mail under way before it cuts the connection, in milliseconds. */
const stopWaits = 5_000;

/** Delivery in the background of a server. */
export interface MailJobs {
  start(): void;
  /** Resolves once the mail under way is handed over, or given back to the queue. */
  stop(): Promise<void>;
  /** Something was queued: look now rather than in a while. Nothing happens where the job does not run. */
  wake(): void;
  /** One look: sends everything that is due now. */
  look(): Promise<Delivered>;
  /** Removes mails that ended long ago, batch by batch. Answers how many. */
  purge(): Promise<number>;
}
export const MailJobs: ServiceToken<MailJobs> = service<MailJobs>('mail.MailJobs');

export function createJobs(room: {
  readonly delivery: Delivery;
  readonly purge: () => Promise<number>;
  /** Cuts what is under way. */
  readonly abort: AbortController;
  readonly logger: Logger;
  readonly grace?: number;
}): MailJobs {
  const { delivery, purge, abort, logger, grace = stopWaits } = room;
  const timers: NodeJS.Timeout[] = [];
  let running = false;
  let stopped = false;
  let again = false;
  let looking: Promise<unknown> = Promise.resolve();

  /** One after the other, whoever asks. */
  function look(): Promise<Delivered> {
    const result = looking.then(() => delivery.deliver(() => stopped));
    looking = result.catch(() => {});
    return result;
  }

  let told = false;
  /** Once: a store that does not mail need not read of it every day. */
  function tellUnsent({ unconfigured }: Delivered): void {
    if (told || unconfigured === 0) return;
    told = true;
    logger.warn(
      {},
      'mails are kept and not sent, because no SMTP server is configured; mail:list shows them and says how',
    );
  }

  async function lookWhileWoken(): Promise<void> {
    do {
      again = false;
      tellUnsent(await look());
    } while (again && !stopped);
  }
  const failed = (what: string) => (err: unknown) => logger.error({ err }, `${what} failed; it is tried again`);

  let woken: Promise<void> | undefined;
  function wake(): void {
    again = true;
    if (!running || stopped || woken) return;
    woken = lookWhileWoken()
      .catch((err: unknown) => {
        again = false; // the timer tries again, not at once
        failed('the delivery of mails')(err);
      })
      .finally(() => {
        woken = undefined;
        if (again) wake();
      });
  }
  const every = (milliseconds: number, work: () => void): void => {
    const timer = setInterval(work, milliseconds);
    timer.unref();
    timers.push(timer);
  };

  return {
    look,
    wake,
    purge,
    start() {
      running = true;
      every(lookEvery, wake);
      every(purgeEvery, () => void purge().catch(failed('the removal of old mails')));
      wake();
    },
    async stop() {
      stopped = true;
      for (const timer of timers.splice(0)) clearInterval(timer);
      const cut = setTimeout(() => abort.abort(), grace);
      await Promise.all([looking, woken]);
      clearTimeout(cut);
    },
  };
}
