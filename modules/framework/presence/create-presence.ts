import type { Database } from '../database/executor.ts';
import { sql } from '../database/sql.ts';
import type { Clock } from '../environment/clock.ts';
import type { Logger } from '../log/logger.ts';
import type { Events } from '../module/event.ts';
import { type Presence, ProcessEnded } from './presence.ts';
import { hasEnded, processName } from './process-name.ts';

const lookEvery = 2_000;
const signEvery = 3_600_000;
/** A process of another machine that has shown no sign for so long is forgotten. */
const silence = 86_400_000;

/** The service behind the token `Presence`. */
export function createPresence(room: {
  readonly database: Database;
  readonly events: Events;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly ended?: (name: string) => boolean;
}): Presence {
  const { database, events, clock, logger, ended = hasEnded } = room;
  const timers: NodeJS.Timeout[] = [];
  let working: Promise<unknown> = Promise.resolve();
  const now = () => clock.now().getTime();

  /** Of several processes that see it, the one that removes the row tells. */
  const tell = (name: string): Promise<boolean> =>
    database.transaction(async (tx) => {
      const { affectedRows } = await tx.run(sql`DELETE FROM {vestibule_process} WHERE name = ${name}`);
      if (affectedRows === 1) await events.emit(ProcessEnded, { process: name }, tx);
      return affectedRows === 1;
    });

  async function look(): Promise<number> {
    const rows = await database.all<{ name: string }>(sql`SELECT name FROM {vestibule_process}`);
    let count = 0;
    for (const { name } of rows)
      if (ended(name) && (await tell(name))) {
        count++;
        logger.warn(
          { process: name },
          'a server process has ended without having stopped; what it had begun goes on here',
        );
      }
    return count;
  }

  async function sign(): Promise<void> {
    await database.run(sql`UPDATE {vestibule_process} SET seen_ms = ${now()} WHERE name = ${processName}`);
    await database.run(sql`DELETE FROM {vestibule_process} WHERE seen_ms < ${now() - silence}`);
  }

  function every(milliseconds: number, what: string, work: () => Promise<unknown>): void {
    let busy = false;
    const timer = setInterval(() => {
      if (busy) return;
      busy = true;
      working = work()
        .catch((err: unknown) => logger.warn({ err }, `${what} failed; it is tried again`))
        .finally(() => {
          busy = false;
        });
    }, milliseconds);
    timer.unref();
    timers.push(timer);
  }

  return {
    look,
    async start() {
      await database.run(
        sql`${database.dialect.insertIgnoreInto} {vestibule_process} (name, started_ms, seen_ms) VALUES (${processName}, ${now()}, ${now()})`,
      );
      await look();
      every(lookEvery, 'looking for server processes that have ended', look);
      every(signEvery, 'noting that this process lives', sign);
    },
    async stop() {
      for (const timer of timers.splice(0)) clearInterval(timer);
      await working;
      await database.run(sql`DELETE FROM {vestibule_process} WHERE name = ${processName}`);
    },
  };
}
