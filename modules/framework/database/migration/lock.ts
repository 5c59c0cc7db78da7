import sql from 'sql-template-tag';
import { DatabaseError, DuplicateKeyError } from '../errors.ts';
import { pause } from '../pool.ts';
import { sqlTimestamp } from '../sql.ts';
import type { SqlDatabase } from '../sql-database.ts';

/** Seconds after which a lock whose holder has died is free, and how often a living holder renews it. */
const lease = 30;
const renewal = 5;

/** Milliseconds to wait for another process's migrations. */
const patience = 300_000;

/**
 * Runs `work` while no other process does. The lock is the ledger's row ('', 'lock'), whose `applied_at` says until when
 * it is held and by whom: it is taken, renewed and given back only by comparing that value. GET_LOCK would hold on one
 * node of a cluster only.
 */
export async function whileLocked<T>(database: SqlDatabase, work: () => Promise<T>): Promise<T> {
  let until = await take(database);
  const timer = setInterval(() => {
    const next = expiry();
    database
      .run(sql`UPDATE {vestibule_migration} SET applied_at = ${next}
        WHERE module = '' AND name = 'lock' AND applied_at = ${until}`)
      .then(
        ({ affectedRows }) => {
          if (affectedRows === 1) until = next;
        },
        () => {}, // The next renewal tries again; the lease outlasts several.
      );
  }, renewal * 1000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await database.run(sql`DELETE FROM {vestibule_migration}
      WHERE module = '' AND name = 'lock' AND applied_at = ${until}`);
  }
}

async function take(database: SqlDatabase): Promise<string> {
  const deadline = Date.now() + patience;
  for (;;) {
    const until = expiry();
    try {
      await database.run(sql`INSERT INTO {vestibule_migration} (module, name, applied_at)
        VALUES ('', 'lock', ${until})`);
      return until;
    } catch (error) {
      if (!(error instanceof DuplicateKeyError)) throw error;
    }
    if (Date.now() > deadline) {
      throw new DatabaseError(
        'DB_MIGRATION',
        `Another process has been migrating for ${patience / 60_000} minutes; wait for it or stop it, then try again`,
      );
    }
    await database.run(sql`DELETE FROM {vestibule_migration}
      WHERE module = '' AND name = 'lock' AND applied_at < ${sqlTimestamp(new Date())}`);
    await pause(100 + Math.random() * 100);
  }
}

function expiry(): string {
  return sqlTimestamp(new Date(Date.now() + lease * 1000));
}
