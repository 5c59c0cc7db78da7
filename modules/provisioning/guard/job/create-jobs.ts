import type { Connections } from '../../../connection/index.ts';
import { newHolder, sql } from '../../../framework/index.ts';
import type { CarryOutRoom } from '../hold/carry-out.ts';
import { findHold } from '../hold/hold.ts';
import type { Withdrawals } from '../hold/withdraw.ts';
import { carryOutHold } from './approved.ts';
import type { GuardJobs } from './guard-jobs.ts';
import { createLease } from './lease.ts';
import { purgeGuard } from './purge.ts';
import { restoreWave } from './restore.ts';

/** What one server holds others know of after this, in milliseconds: no longer than they remember a connection. */
const lookEvery = 5_000;
const purgeEvery = 3_600_000;

/** What the jobs work with. */
export interface JobRoom extends CarryOutRoom {
  readonly connections: Connections;
  readonly withdrawals: Withdrawals;
}

/** Jobs over `vestibule_guard_hold`. */
export function createGuardJobs(parts: JobRoom): GuardJobs {
  const { room, clock, logger, connections, withdrawals } = parts;
  const { database } = room;
  const lease = createLease(database, newHolder());
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let looking: Promise<void> = Promise.resolve();
  let purged = 0;

  async function workOn(holdId: number): Promise<void> {
    const hold = await findHold(database, holdId);
    const connection = await connections.byId(database, hold.connectionId);
    if (!connection) return abandon(holdId);
    const goesOn = async () => !stopped && (await lease.renew(holdId, clock.now()));
    if (hold.status === 'approved')
      await carryOutHold(parts, hold, { connection, actor: hold.decidedBy ?? 'administration' }, goesOn);
    if (hold.restore === 'running')
      await restoreWave(parts, hold, { connection, actor: hold.restoredBy ?? 'administration' }, goesOn);
  }

  /** Nobody is left to whom it could be done. */
  async function abandon(holdId: number): Promise<void> {
    await database.run(
      sql`UPDATE {vestibule_guard_hold} SET status = 'withdrawn', restore_status = NULL, open_connection_id = NULL WHERE hold_id = ${holdId}`,
    );
  }

  async function work(): Promise<void> {
    while (!stopped) {
      const holdId = await lease.claim(clock.now());
      if (holdId === undefined) return;
      try {
        await workOn(holdId);
      } finally {
        await lease.release(holdId);
      }
    }
  }

  async function rounds(): Promise<void> {
    do {
      again = false;
      await work();
    } while (again && !stopped);
  }

  function drain(): Promise<void> {
    again = true;
    working ??= rounds().finally(() => {
      working = undefined;
    });
    return working;
  }

  async function look(): Promise<void> {
    const rows = await database.all<{ connection_id: number; status: string; restore_status: string | null }>(
      sql`SELECT connection_id, status, restore_status FROM {vestibule_guard_hold} WHERE status IN ('open', 'approved') OR restore_status = 'running'`,
    );
    withdrawals.know(rows.filter(({ status }) => status !== 'done').map((row) => row.connection_id));
    if (rows.some(({ status, restore_status }) => status === 'approved' || restore_status === 'running')) await drain();
  }

  async function purge(): Promise<void> {
    const now = clock.now();
    if (now.getTime() - purged < purgeEvery) return;
    purged = now.getTime();
    await purgeGuard(database, now);
  }

  const quietly = (work: Promise<void>): Promise<void> =>
    work.catch((err: unknown) =>
      logger.error({ err }, 'What was decided about a hold could not be carried out; it is tried again'),
    );

  /** One look after the other; never rejects. */
  function lookThen(more: () => Promise<void>): void {
    looking = looking.then(() => (stopped ? undefined : quietly(look().then(more))));
  }

  return {
    kick: () => void quietly(drain()),
    drain,
    start() {
      stopped = false;
      lookThen(async () => {});
      timer = setInterval(() => lookThen(purge), lookEvery);
      timer.unref();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await working?.catch(() => {});
      await looking;
    },
  };
}
