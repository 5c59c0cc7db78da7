import {
  type Clock,
  type ConfigReader,
  type Database,
  type Encryptor,
  sql,
  type Transaction,
} from '../../framework/index.ts';
import { dayOf } from '../day/counts.ts';
import { pieces, repeated } from '../many-rows.ts';
import { purgeText } from '../seal/seal.ts';
import type { retentionSettings } from './settings.ts';

const dayMs = 86_400_000;

export interface Purger {
  /**
   * Removes the records under the oldest seal if all of them are past their time. Answers how many; 0 when there is
   * nothing to remove yet.
   */
  purgeBatch(): Promise<number>;
}

interface Due {
  readonly seal_id: number;
  readonly digest: string;
  readonly last_ms: number;
  readonly sealed_ms: number;
}

const deleteSearch = repeated(
  'DELETE FROM {vestibule_activity_search} WHERE ',
  '(occurred_ms = ? AND activity_id = ?)',
  ' OR ',
);

/**
 * Removes records whose days are over, one seal at a time. The seal stays, with a mark that says when: it goes on
 * proving that nothing else is missing.
 */
export function createPurger(room: {
  database: Database;
  encryptor: Encryptor;
  config: ConfigReader<(typeof retentionSettings)['fields']>;
  clock: Clock;
}): Purger {
  const { database, encryptor, config, clock } = room;

  async function purge(tx: Transaction, { seal_id, digest }: Due, now: number, end: number): Promise<number> {
    const mark = encryptor.digest(purgeText(digest, now));
    // Claims it: of several processes one finds it unmarked.
    const { affectedRows } = await tx.run(
      sql`UPDATE {vestibule_activity_seal} SET purged_ms = ${now}, purge_mark = ${mark}, leaves = NULL WHERE seal_id = ${seal_id} AND purged_ms IS NULL`,
    );
    if (affectedRows !== 1) return 0;
    const rows = await tx.all<{ activity_id: number; occurred_ms: number }>(
      sql`SELECT activity_id, occurred_ms FROM {vestibule_activity_record} WHERE seal_id = ${seal_id} ORDER BY activity_id`,
    );
    for (const piece of pieces(rows))
      tx.later(deleteSearch(piece.map(({ occurred_ms, activity_id }) => [occurred_ms, activity_id])));
    tx.later(sql`DELETE FROM {vestibule_activity_record} WHERE seal_id = ${seal_id}`);
    // What the chart counts of days that are over; the day of the end itself is kept.
    tx.later(sql`DELETE FROM {vestibule_activity_day} WHERE day < ${dayOf(end)}`);
    return rows.length;
  }

  return {
    async purgeBatch() {
      const days = await config.get('days');
      if (days <= 0) return 0;
      const now = clock.now().getTime();
      const due = await database.first<Due>(
        sql`SELECT seal_id, digest, last_ms, sealed_ms FROM {vestibule_activity_seal} WHERE purged_ms IS NULL ORDER BY seal_id LIMIT 1`,
      );
      // A record that claims to be of the future must not hold up all after it.
      const end = now - days * dayMs;
      if (!due || Math.min(due.last_ms, due.sealed_ms) >= end) return 0;
      return database.transaction((tx) => purge(tx, due, now, end));
    },
  };
}
