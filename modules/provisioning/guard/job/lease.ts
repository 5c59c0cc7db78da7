import { type Database, sql, sqlTimestampMs } from '../../../framework/index.ts';

/** A claim that is not renewed ends after this: its process is gone. */
const claimFor = 60_000;

/** Who works on a hold: one process at a time, by compare-and-set. */
export interface Lease {
  /** The next hold that is due, ours from now on. */
  claim(now: Date): Promise<number | undefined>;
  /** False where it is not ours any more. */
  renew(holdId: number, now: Date): Promise<boolean>;
  release(holdId: number): Promise<void>;
}

/** The lease of a process that calls itself `me`. */
export function createLease(database: Database, me: string): Lease {
  const until = (now: Date): string => sqlTimestampMs(new Date(now.getTime() + claimFor));
  return {
    async claim(now) {
      const due = sql`(status = 'approved' OR restore_status = 'running') AND (claimed_until IS NULL OR claimed_until < ${sqlTimestampMs(now)})`;
      for (;;) {
        const row = await database.first<{ hold_id: number }>(
          sql`SELECT hold_id FROM {vestibule_guard_hold} WHERE ${due} ORDER BY hold_id LIMIT 1`,
        );
        if (!row) return undefined;
        const { affectedRows } = await database.run(
          sql`UPDATE {vestibule_guard_hold} SET claimed_by = ${me}, claimed_until = ${until(now)} WHERE hold_id = ${row.hold_id} AND ${due}`,
        );
        if (affectedRows === 1) return row.hold_id;
      }
    },
    async renew(holdId, now) {
      const { affectedRows } = await database.run(
        sql`UPDATE {vestibule_guard_hold} SET claimed_until = ${until(now)} WHERE hold_id = ${holdId} AND claimed_by = ${me}`,
      );
      return affectedRows === 1;
    },
    async release(holdId) {
      await database.run(
        sql`UPDATE {vestibule_guard_hold} SET claimed_until = NULL WHERE hold_id = ${holdId} AND claimed_by = ${me}`,
      );
    },
  };
}
