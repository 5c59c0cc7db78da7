import { type Logger, newHolder, type ServiceToken, service } from 'vestibule/framework';
import { walkMappings } from '../course/walk.ts';
import { purgeLog } from '../log/log.ts';
import type { OrderWalk } from '../order/walk.ts';
import { type Claimed, claimDue, settle } from './claim.ts';
import type { QueueSettings } from './settings.ts';
import { type Worked, type WorkerRoom, work } from './worker.ts';

/** What is due is seen within so many milliseconds. */
const lookEvery = 2_000;
const walkEvery = 30_000;
const purgeEvery = 3_600_000;
const day = 86_400_000;

/** The queue's work. Several processes on one database share it. */
export interface CourseJobs {
  start(): void;
  /** Begins nothing more, cuts what is under way, and resolves when what was claimed is given back. */
  stop(): Promise<void>;
  /** Something was put into the queue: look now. Nothing happens where the job does not run. */
  wake(): void;
  /** Goes through changed mappings, then does everything that is due. Answers for how many customers. */
  look(): Promise<number>;
  /** Reads the store's orders. Answers how many. */
  readOrders(): Promise<number>;
  /** Removes old entries of the log. Answers how many. */
  purge(): Promise<number>;
}
export const CourseJobs: ServiceToken<CourseJobs> = service<CourseJobs>('course-sync.CourseJobs');

export function createJobs(
  room: WorkerRoom & { readonly settings: QueueSettings; readonly orderWalk: OrderWalk; readonly logger: Logger },
): CourseJobs {
  const { database, clock, lms, settings, orderWalk, logger } = room;
  const me = newHolder();
  const timers: NodeJS.Timeout[] = [];
  const working = new Set<Promise<unknown>>();
  let abort = new AbortController();
  let claims = 0;
  let running = false;
  let looking: Promise<number> | undefined;
  let again = false;
  const stopped = (): boolean => abort.signal.aborted;

  /** Answers whether the LMS is in trouble, so that nobody else need be tried now. */
  async function one(line: Claimed): Promise<boolean> {
    let worked: Worked;
    try {
      worked = await work(room, line, abort.signal);
    } catch (err) {
      // It is due again when its claim has run out: what fails here every time must not fill the log.
      logger.error({ err, customer: line.customerId }, 'The courses of a customer could not be looked at');
      return false;
    }
    await settle(database, line, worked.outcome, clock.now().getTime());
    return worked.troubled;
  }

  async function look(): Promise<number> {
    let done = await walkMappings(room, stopped).then(() => 0);
    if (!(await lms.ready())) return done;
    const most = await settings.get('at_once');
    while (!stopped()) {
      const nowMs = clock.now().getTime();
      const lines = await claimDue(database, { nowMs, most, newClaim: () => `${me}.${++claims}` });
      const troubled = await Promise.all(lines.map(one));
      done += lines.length;
      if (lines.length === 0 || troubled.includes(true)) break;
    }
    return done;
  }

  /** One look at a time; whoever asks meanwhile gets one more. */
  function looks(): Promise<number> {
    again = true;
    looking ??= (async () => {
      let done = 0;
      try {
        while (again) {
          again = false;
          done += await look();
        }
      } finally {
        looking = undefined;
      }
      return done;
    })();
    return looking;
  }

  const readOrders = () => orderWalk.walk(stopped);
  async function purge(): Promise<number> {
    const days = await settings.get('retention');
    return days === 0 ? 0 : purgeLog(database, clock.now().getTime() - days * day);
  }

  function inBackground(what: string, job: () => Promise<unknown>): void {
    const tracked: Promise<unknown> = job()
      .catch((err: unknown) => logger.error({ err }, `${what} failed; it is tried again`))
      .finally(() => working.delete(tracked));
    working.add(tracked);
  }
  function wake(): void {
    if (running) inBackground('Looking for courses', looks);
  }
  function every(milliseconds: number, run: () => void): void {
    const timer = setInterval(run, milliseconds);
    timer.unref();
    timers.push(timer);
  }

  return {
    wake,
    look: looks,
    readOrders,
    purge,
    start() {
      abort = new AbortController();
      running = true;
      every(lookEvery, wake);
      every(walkEvery, () => inBackground("Reading the store's orders", () => readOrders().then(wake)));
      every(purgeEvery, () => inBackground('The removal of old entries of the log', purge));
      wake();
    },
    async stop() {
      running = false;
      again = false;
      for (const timer of timers.splice(0)) clearInterval(timer);
      abort.abort();
      await Promise.all(working);
    },
  };
}
