import type { Catalogue } from '../database/catalogue.ts';
import type { Database, Executor } from '../database/executor.ts';
import { sql } from '../database/sql.ts';
import type { Logger } from '../log/logger.ts';
import type { Events } from '../module/event.ts';
import { type Continuity, DatabaseRestored, type Restored } from './continuity.ts';

const noteEvery = 3_600_000;

interface Row {
  readonly seen_ms: number;
  readonly restored_ms: number | null;
}

/**
 * The service behind the token `Continuity`. Servers note in a table that they are at work; a table that was made after the
 * last such note was loaded from a dump, or stands in a copied file. Both times are told by the clock that keeps the table.
 */
export function createContinuity(room: {
  readonly database: Database;
  readonly catalogue: Pick<Catalogue, 'age'>;
  readonly events: Events;
  readonly logger: Logger;
}): Continuity {
  const { database, catalogue, events, logger } = room;
  const age = () => catalogue.age('vestibule_continuity');
  let timer: NodeJS.Timeout | undefined;
  let heldBefore = 0;

  const read = (db: Executor): Promise<Row | undefined> =>
    db.first<Row>(sql`SELECT seen_ms, restored_ms FROM {vestibule_continuity} WHERE continuity_id = 1`);

  const begin = (nowMs: number) =>
    database.run(
      sql`${database.dialect.insertIgnoreInto} {vestibule_continuity} (continuity_id, seen_ms) VALUES (1, ${nowMs})`,
    );

  /** Of several servers that see the same, one tells. */
  async function tell(seenMs: number, nowMs: number): Promise<boolean> {
    return database.transaction(async (tx) => {
      const { affectedRows } = await tx.run(
        sql`UPDATE {vestibule_continuity} SET seen_ms = ${nowMs}, restored_ms = ${nowMs} WHERE continuity_id = 1 AND seen_ms = ${seenMs}`,
      );
      if (affectedRows !== 1) return false;
      // Those that were at work when the backup was made.
      await tx.run(sql`DELETE FROM {vestibule_process}`);
      await events.emit(DatabaseRestored, { restoredMs: nowMs }, tx);
      return true;
    });
  }

  async function note(): Promise<void> {
    const { nowMs } = await age();
    await database.run(sql`UPDATE {vestibule_continuity} SET seen_ms = ${nowMs} WHERE continuity_id = 1`);
  }

  return {
    async start() {
      const { madeMs, nowMs } = await age();
      await begin(nowMs);
      const seen = (await read(database))?.seen_ms ?? nowMs;
      if (madeMs > seen && (await tell(seen, nowMs)))
        logger.warn(
          { lastUsed: new Date(seen), loaded: new Date(madeMs) },
          'The database was brought back from a backup: webhooks and mails that waited in it are held. webhook:resume and mail:retry let them go.',
        );
      heldBefore = (await read(database))?.restored_ms ?? 0;
      await note();
      timer = setInterval(() => {
        note().catch((err: unknown) => logger.warn({ err }, 'That the database is in use could not be noted'));
      }, noteEvery).unref();
    },
    async stop() {
      clearInterval(timer);
      if (timer !== undefined) await note();
    },
    heldBefore: () => heldBefore,
    async last(db) {
      const restoredMs = (await read(db))?.restored_ms ?? null;
      return restoredMs === null ? undefined : { restoredMs };
    },
    async declare(): Promise<Restored> {
      const { nowMs } = await age();
      await begin(nowMs);
      for (;;) {
        const seen = (await read(database))?.seen_ms ?? nowMs;
        if (await tell(seen, nowMs)) return { restoredMs: nowMs };
      }
    },
  };
}
