import { type Clock, type Database, type Events, type Logger, sql } from '../../framework/index.ts';
import { CaptureImpaired } from '../capture-impaired.ts';
import { batchSize, handOn, Overtaken } from './batch.ts';
import type { ChangePump } from './change-pump.ts';

/** Milliseconds between two looks for what others have written; they ring no bell. */
const halfASecond = 500;

/** Own changes wait this long for others, so that many commits cost one transaction of the pump. */
const gatherFor = 100;

/** After failures the pump rests, each time twice as long, up to this. */
const longestRest = 30_000;

/** Milliseconds of failures after which somebody is told. */
const toldAfter = 300_000;

/** The service behind the token `ChangePump`. */
export function createPump(room: {
  readonly database: Database;
  readonly events: Events;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly lookEvery?: number;
}): ChangePump {
  const { database, events, clock, logger, lookEvery = halfASecond } = room;
  let running = false;
  /** This process has committed a row since the last look: there is something. */
  let rung = false;
  let timer: NodeJS.Timeout | undefined;
  let due = 0;
  let failures = 0;
  let failingSince = 0;
  let pumping: Promise<unknown> = Promise.resolve();
  let looking: Promise<void> = Promise.resolve();

  async function batch(): Promise<number> {
    try {
      return (await database.transaction((tx) => handOn(tx, events))) ?? 0;
    } catch (error) {
      if (error instanceof Overtaken) return 0;
      throw error;
    }
  }

  async function drain(): Promise<number> {
    let handedOn = 0;
    const certain = rung;
    rung = false;
    // A transaction for nothing would hold up writers where the database has one.
    if (!certain && !(await database.first(sql`SELECT change_id FROM {vestibule_change} LIMIT 1`))) return 0;
    for (;;) {
      const rows = await batch();
      handedOn += rows;
      if (rows < batchSize) return handedOn;
    }
  }

  /** One after the other, whoever asks. */
  function pump(): Promise<number> {
    const result = pumping.then(drain);
    pumping = result.catch(() => {});
    return result;
  }

  async function look(): Promise<void> {
    try {
      await pump();
      if (failures > 0) await recovered();
      failures = 0;
    } catch (err) {
      failures++;
      logger.error({ err, failures }, 'Captured changes could not be handed on; they are kept, and it is tried again');
      await failed(err);
    }
  }

  /** Others see by the row since when nothing is handed on, and why. */
  async function failed(err: unknown): Promise<void> {
    const failure = (err instanceof Error ? err.message : String(err)).slice(0, 500);
    const now = clock.now().getTime();
    if (failures === 1) failingSince = now;
    await note(
      sql`UPDATE {vestibule_change_pump} SET failure = ${failure}, failing_since_ms = COALESCE(failing_since_ms, ${now}) WHERE pump_id = 1`,
    );
    if (now - failingSince >= toldAfter) await tell(failure);
  }

  async function tell(failure: string): Promise<void> {
    failingSince = Number.POSITIVE_INFINITY; // Once; until it works again.
    const message = `For minutes the changes that were captured could not be handed on: ${failure}`;
    const cure = 'Remove the cause; the server tries again by itself and nothing is lost. capture:status tells more.';
    const title = 'Changes in the store are not handed on';
    await database
      .transaction((tx) => events.emit(CaptureImpaired, { cause: 'pump', title, message, cure }, tx))
      .catch(() => {}); // The log has it.
  }

  const recovered = (): Promise<void> =>
    note(sql`UPDATE {vestibule_change_pump} SET failure = NULL, failing_since_ms = NULL WHERE pump_id = 1`);
  const note = async (query: Parameters<Database['run']>[0]): Promise<void> => {
    await database.run(query).catch(() => {}); // The database itself may be what fails.
  };

  const rest = (): number => (failures === 0 ? lookEvery : Math.min(longestRest, lookEvery * 2 ** failures));

  function schedule(inMs: number): void {
    if (!running) return;
    const at = performance.now() + inMs;
    if (timer !== undefined && due <= at) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(() => {
      timer = undefined;
      looking = look();
      void looking.finally(() => schedule(rest()));
    }, inMs);
    timer.unref();
  }

  function ring(): void {
    rung = true;
    schedule(gatherFor);
  }

  return {
    pump,
    start() {
      running = true;
      schedule(0);
    },
    async stop() {
      running = false;
      clearTimeout(timer);
      timer = undefined;
      await looking;
      await pumping;
    },
    ringAfter(tx) {
      if (running && failures === 0) tx.afterCommit(ring);
    },
  };
}
