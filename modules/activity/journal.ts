import type { Database, Logger } from '../framework/index.ts';
import type { ActivityEntry } from './activity.ts';
import { insertActivities } from './rows.ts';

/** Entries per INSERT: full batches share one prepared text. */
const batchSize = 64;
/** A store whose database is away keeps this many; older ones are dropped and counted, never the process's memory. */
const capacity = 10_000;
const delay = 500;

/**
 * Takes entries of requests that changed nothing and writes them in batches, so that a read costs no write of its own.
 * An entry lives in memory for at most half a second plus the time the database is away.
 */
export function createJournal(database: Database, logger: Logger) {
  let waiting: ActivityEntry[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;
  let dropped = 0;

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      // A short batch has a text of its own; writing it in powers of two keeps the prepared texts few.
      let size = batchSize;
      while (size > waiting.length) size /= 2;
      const batch = waiting.slice(0, size);
      await database.run(insertActivities(batch));
      waiting = waiting.slice(size);
    }
    if (dropped > 0) {
      logger.warn({ dropped }, 'activity entries were dropped while the database could not be reached');
      dropped = 0;
    }
  }

  function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = undefined;
    writing ??= write()
      .catch((error: unknown) => {
        logger.error({ err: error }, 'activity entries could not be written; they are kept and tried again');
        schedule();
      })
      .finally(() => {
        writing = undefined;
      });
    return writing;
  }

  function schedule(): void {
    timer ??= setTimeout(() => void flush(), delay);
    timer.unref();
  }

  return {
    add(entry: ActivityEntry): void {
      if (waiting.length >= capacity) {
        waiting.shift();
        dropped++;
      }
      waiting.push(entry);
      if (waiting.length >= batchSize && !writing) void flush();
      else schedule();
    },
    flush,
  };
}
