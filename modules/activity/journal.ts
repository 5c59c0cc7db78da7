import { type Database, DatabaseError, type Logger } from '../framework/index.ts';
import type { ActivityEntry } from './activity.ts';
import { insertActivities } from './pending.ts';

/** Entries per INSERT: full batches share one prepared text. */
const batchSize = 64;
/** A store whose database is away keeps this many; older ones are dropped and counted, never the process's memory. */
const capacity = 10_000;
const delay = 500;
/** While the database stays away, tries become rarer, down to this. */
const longestDelay = 30_000;

/** What the database will refuse again however often it is asked: the entry is to blame, not the moment. */
const hopeless = new Set(['DB_VALUE', 'DB_TOO_LARGE', 'DB_BIND', 'DB_REFERENCE']);
const isHopeless = (error: unknown): boolean => error instanceof DatabaseError && hopeless.has(error.code);

/**
 * Takes entries of requests that changed nothing and writes them in batches, so that a read costs no write of its own.
 * An entry lives in memory for at most half a second plus the time the database is away.
 */
export function createJournal(database: Database, logger: Logger) {
  let waiting: ActivityEntry[] = [];
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;
  let dropped = 0;
  let stopped = false;
  let failures = 0;

  async function writeBatch(batch: readonly ActivityEntry[]): Promise<void> {
    try {
      await database.run(insertActivities(batch));
    } catch (error) {
      if (!isHopeless(error)) throw error;
      // One entry must not keep all others waiting for ever: halves find it, and it alone is lost.
      if (batch.length === 1) {
        logger.error({ err: error, operation: batch[0]?.operation }, 'an activity entry can not be stored and is lost');
        return;
      }
      const half = batch.length / 2;
      await writeBatch(batch.slice(0, half));
      await writeBatch(batch.slice(half));
    }
  }

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      // A short batch has a text of its own; writing it in powers of two keeps the prepared texts few.
      let size = batchSize;
      while (size > waiting.length) size /= 2;
      const batch = waiting.slice(0, size);
      // Taken out first: what is dropped meanwhile for want of room is none of these.
      waiting = waiting.slice(size);
      try {
        await writeBatch(batch);
      } catch (error) {
        waiting = [...batch, ...waiting];
        throw error;
      }
    }
    failures = 0;
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
        if (stopped) return;
        failures++;
        logger.error({ err: error }, 'activity entries could not be written; they are kept and tried again');
        schedule();
      })
      .finally(() => {
        writing = undefined;
      });
    return writing;
  }

  function schedule(): void {
    timer ??= setTimeout(() => void flush(), Math.min(delay * 2 ** failures, longestDelay));
    timer.unref();
  }

  return {
    add(entry: ActivityEntry): void {
      if (waiting.length >= capacity) {
        waiting.shift();
        dropped++;
      }
      waiting.push(entry);
      if (stopped) return;
      if (waiting.length >= batchSize && !writing && failures === 0) void flush();
      else schedule();
    },
    flush,
    /** The last flush: what can't be written now is lost, and the log says how much that is. */
    async stop(): Promise<void> {
      stopped = true;
      await flush();
      // A write that was under way when the stop came ends without the entries that came after it.
      if (waiting.length > 0) await flush();
      const lost = waiting.length + dropped;
      if (lost > 0)
        logger.error({ lost }, 'activity entries are lost: the database could not be reached until the stop');
      waiting = [];
      dropped = 0;
    },
  };
}
