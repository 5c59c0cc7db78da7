import { type Database, heldBy, newHolder, sql, type Transaction } from '../../framework/index.ts';

export type Job = 'seal' | 'purge';

/** Who does a job at present, among several processes on one database. */
export interface Lease {
  /** Takes or keeps the job; false while another process has it. */
  hold(): Promise<boolean>;
  /** Lets the next one take it at once. */
  release(): Promise<void>;
}

/** A holder that shows no sign for this long is gone. */
const patience = 30_000;

interface LeaseRow {
  readonly holder: string;
  readonly beat: number;
}

/**
 * A lease in a row, claimed by compare-and-set. It names no time: whoever waits measures on its own, ever-growing clock
 * for how long the holder's beat has stood still, so that clocks that jump or disagree change nothing. It only spares
 * double work; that nothing is done twice is decided by the job's own writes.
 */
export function createLease(database: Database, job: Job, elapsed: () => number = () => performance.now()): Lease {
  const me = newHolder();
  let seen: (LeaseRow & { readonly since: number }) | undefined;

  async function move({ holder, beat }: LeaseRow, to: string): Promise<boolean> {
    const { affectedRows } = await database.run(
      sql`UPDATE {vestibule_activity_lease} SET holder = ${to}, beat = ${beat + 1} WHERE job = ${job} AND holder = ${holder} AND beat = ${beat}`,
    );
    return affectedRows === 1;
  }
  const read = (): Promise<LeaseRow | undefined> =>
    database.first(sql`SELECT holder, beat FROM {vestibule_activity_lease} WHERE job = ${job}`);

  return {
    async hold() {
      const row = await read();
      if (!row) return false;
      if (row.holder === me || row.holder === '') return move(row, me);
      if (seen?.holder !== row.holder || seen.beat !== row.beat) {
        seen = { ...row, since: elapsed() };
        return false;
      }
      return elapsed() - seen.since >= patience && move(row, me);
    },
    async release() {
      const row = await read();
      if (row?.holder === me) await move(row, '');
    },
  };
}

/** Frees what a process held that is known to be gone. */
export async function releaseLeasesOf(tx: Transaction, process: string): Promise<void> {
  await tx.run(
    sql`UPDATE {vestibule_activity_lease} SET holder = '', beat = beat + 1 WHERE holder LIKE ${heldBy(process)}`,
  );
}
