import { type Database, type Logger, type ServiceToken, service, sql } from '../../framework/index.ts';

/**
 * Lets server processes keep a connection to one pace together. Each decides alone and at once, and says once a second how
 * many requests it has let in; what the others have let in is charged as if it had come here. So nothing is written on a
 * request's way, and the pace is exceeded by what comes within a second.
 */
export interface SharedUse {
  /** Counts requests that were let in here. */
  note(connectionId: number, amount: number): void;
  /** Whom to tell of requests that were let in elsewhere. */
  heed(elsewhere: (connectionId: number, amount: number) => void): void;
  /** Says what was let in here since the last time, and tells what was let in elsewhere. */
  exchange(): Promise<void>;
  /** Exchanges every second as long as requests come, and for a minute longer. */
  start(): void;
  /** Tells the others for the last time. */
  stop(): Promise<void>;
}
export const SharedUse: ServiceToken<SharedUse> = service<SharedUse>('connection.SharedUse');

const every = 1_000;
/** Exchanges without a request of one's own, after which one waits for the next request. */
const quietAfter = 60;
/** Whether there is another server at all is looked up once in so many exchanges. */
const lookEvery = 5;

/** What was let in longer ago than this has been paid for by the time that went by. */
const staleAfter = 5_000;

/**
 * `alone` tells whether no other server process is at work on this database, `now` answers milliseconds that never go
 * back.
 */
export function createSharedUse(room: {
  readonly database: Database;
  readonly logger: Logger;
  readonly alone: () => Promise<boolean>;
  readonly now: () => number;
}): SharedUse {
  const { database, logger, alone, now } = room;
  const own = new Map<number, number>();
  /** Totals as they were seen last, and when. */
  let seen: { readonly totals: ReadonlyMap<number, number>; readonly at: number } | undefined;
  let exchanges = 0;
  let single = true;
  let quiet = 0;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<unknown> = Promise.resolve();
  let tell: (connectionId: number, amount: number) => void = () => {};
  let started = false;

  async function add(connectionId: number, amount: number): Promise<void> {
    const update = sql`UPDATE {vestibule_connection_use} SET requests = requests + ${amount} WHERE connection_id = ${connectionId}`;
    if ((await database.run(update)).affectedRows > 0) return;
    await database.run(
      sql`${database.dialect.insertIgnoreInto} {vestibule_connection_use} (connection_id, requests) VALUES (${connectionId}, 0)`,
    );
    await database.run(update);
  }

  async function exchange(): Promise<void> {
    if (exchanges++ % lookEvery === 0) single = await alone();
    if (single) {
      own.clear();
      seen = undefined;
      return;
    }
    const said = new Map<number, number>();
    for (const [id, amount] of [...own]) {
      await add(id, amount);
      said.set(id, amount);
      // What came meanwhile is said next time.
      own.set(id, (own.get(id) ?? 0) - amount);
      if (own.get(id) === 0) own.delete(id);
    }
    const rows = await database.all<{ connection_id: number; requests: number }>(
      sql`SELECT connection_id, requests FROM {vestibule_connection_use}`,
    );
    const totals = new Map(rows.map(({ connection_id, requests }) => [connection_id, requests]));
    const before = seen;
    seen = { totals, at: now() };
    if (!before || seen.at - before.at >= staleAfter) return;
    for (const [id, total] of totals) {
      const elsewhere = total - (before.totals.get(id) ?? 0) - (said.get(id) ?? 0);
      if (elsewhere > 0) tell(id, elsewhere);
    }
  }

  function tick(): void {
    const busy = own.size > 0;
    quiet = busy ? 0 : quiet + 1;
    working = exchange()
      .catch((err: unknown) => logger.warn({ err }, 'the use of connections could not be shared; it is tried again'))
      .finally(() => {
        timer = undefined;
        if (quiet < quietAfter) schedule();
      });
  }

  function schedule(): void {
    if (!started || timer) return;
    timer = setTimeout(tick, every);
    timer.unref();
  }

  return {
    exchange,
    note(connectionId, amount) {
      own.set(connectionId, (own.get(connectionId) ?? 0) + amount);
      schedule();
    },
    heed(elsewhere) {
      tell = elsewhere;
    },
    start() {
      started = true;
    },
    async stop() {
      const shares = started;
      started = false;
      clearTimeout(timer);
      await working;
      if (shares && own.size > 0)
        await exchange().catch((err: unknown) => logger.warn({ err }, 'the last use of connections was not shared'));
    },
  };
}
