import type { Activities } from '../../activity/index.ts';
import {
  type Clock,
  type Database,
  type Events,
  type Logger,
  newHolder,
  type ServiceToken,
  service,
  sql,
  sqlTimestampMs,
  type Transaction,
} from '../../framework/index.ts';
import { onBehalfOf } from '../cause.ts';
import type { Room } from '../room.ts';
import type { GroupLimits } from './limits.ts';
import { movedNote } from './moved.ts';
import { settleCustomers } from './settle.ts';
import { tellMemberships } from './tell-memberships.ts';
import { nextMembers } from './user-members.ts';

/**
 * What is left to do for groups that were too large for one request: old member rows that go, customers whose customer
 * group follows. It stands in a table, so that it goes on after a restart, in whichever process claims it.
 */
export interface GroupJobs {
  /** Works in the background on what is due; again when it is working already. */
  kick(): void;
  /** Works until nothing is left that is not claimed by another process. */
  drain(): Promise<void>;
  /** Looks for work now and every half minute. */
  start(): void;
  /** Lets go after the batch that is under way. */
  stop(): Promise<void>;
}
export const GroupJobs: ServiceToken<GroupJobs> = service<GroupJobs>('provisioning.GroupJobs');

export interface JobRoom extends Pick<Room, 'customerGroups'> {
  readonly database: Database;
  readonly activities: Activities;
  readonly events: Events;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits: GroupLimits;
}

interface Job {
  readonly job_id: number;
  readonly group_id: number;
  readonly generation: number;
  readonly connection_id: number;
  readonly display_name: string;
  readonly removes: number;
  readonly settles: number;
  readonly position: number;
  readonly moved: number;
}

/** A claim that is not renewed ends after this: its process is gone. */
const claimFor = 60_000;
const lookEvery = 30_000;

/** Leaves the members of one generation of a group to a job. */
export function leaveToJob(
  tx: Transaction,
  { groupId, generation }: { readonly groupId: number; readonly generation: number },
  settles: boolean,
  now: Date,
): void {
  tx.later(
    sql`INSERT INTO {vestibule_group_job} (group_id, generation, connection_id, display_name, removes, settles, created_at) SELECT group_id, ${generation}, connection_id, display_name, 1, ${settles ? 1 : 0}, ${sqlTimestampMs(now)} FROM {vestibule_group} WHERE group_id = ${groupId}`,
  );
}

/** Jobs over `vestibule_group_job`. */
export function createGroupJobs(room: JobRoom): GroupJobs {
  const { database, clock, logger } = room;
  const me = newHolder();
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  async function claim(): Promise<Job | undefined> {
    for (;;) {
      const now = clock.now();
      const due = sql`(claimed_until IS NULL OR claimed_until < ${sqlTimestampMs(now)})`;
      const job = await database.first<Job>(
        sql`SELECT job_id, group_id, generation, connection_id, display_name, removes, settles, position, moved FROM {vestibule_group_job} WHERE ${due} ORDER BY job_id LIMIT 1`,
      );
      if (!job) return undefined;
      const { affectedRows } = await database.run(
        sql`UPDATE {vestibule_group_job} SET claimed_by = ${me}, claimed_until = ${until(now)} WHERE job_id = ${job.job_id} AND ${due}`,
      );
      if (affectedRows === 1) return job;
    }
  }

  async function work(): Promise<void> {
    while (!stopped) {
      const job = await claim();
      if (!job) return;
      let next: Job | undefined = job;
      while (next && !stopped) {
        const held: Job = next;
        next = await onBehalfOf(database, held.connection_id, (tx) => oneBatch(room, tx, held, me));
      }
      if (next)
        await database.run(
          sql`UPDATE {vestibule_group_job} SET claimed_until = NULL WHERE job_id = ${job.job_id} AND claimed_by = ${me}`,
        );
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

  const kick = (): void => {
    drain().catch((err: unknown) => logger.error({ err }, 'A job on the members of a group failed; it is tried again'));
  };

  return {
    kick,
    drain,
    start() {
      stopped = false;
      kick();
      timer = setInterval(kick, lookEvery);
      timer.unref();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await working?.catch(() => {});
    },
  };
}

const until = (now: Date): string => sqlTimestampMs(new Date(now.getTime() + claimFor));

/** Works on the next members. Answers the job as it is then; undefined once it is done, or no longer ours. */
async function oneBatch(room: JobRoom, tx: Transaction, job: Job, me: string): Promise<Job | undefined> {
  const now = room.clock.now();
  const { affectedRows } = await tx.run(
    sql`UPDATE {vestibule_group_job} SET claimed_until = ${until(now)} WHERE job_id = ${job.job_id} AND claimed_by = ${me}`,
  );
  if (affectedRows === 0) return undefined;
  const set = { groupId: job.group_id, generation: job.generation };
  const ids = await nextMembers(tx, set, job.position, room.limits.batch);
  const last = ids.at(-1);
  if (last === undefined) {
    await finish(room, tx, job, now);
    return undefined;
  }
  const moved = job.moved + (job.settles === 1 ? await settleCustomers(room, tx, ids, now) : 0);
  if (job.removes === 1) {
    await tellMemberships(room.events, tx, ids);
    tx.later(
      sql`DELETE FROM {vestibule_group_member} WHERE group_id = ${job.group_id} AND generation = ${job.generation} AND customer_id > ${job.position} AND customer_id <= ${last}`,
    );
  }
  tx.later(sql`UPDATE {vestibule_group_job} SET position = ${last}, moved = ${moved} WHERE job_id = ${job.job_id}`);
  return { ...job, position: last, moved };
}

async function finish(room: JobRoom, tx: Transaction, job: Job, now: Date): Promise<void> {
  await tx.run(sql`DELETE FROM {vestibule_group_job} WHERE job_id = ${job.job_id}`);
  if (job.moved === 0 && job.removes === 0) return;
  room.activities.record(tx, {
    at: now,
    operation: 'group.finish',
    outcome: 'done',
    status: 200,
    connectionId: job.connection_id,
    subject: job.display_name,
    notes: [
      ...(job.removes === 1 ? ['The memberships that a request had ended were removed.'] : []),
      movedNote(job.moved),
    ],
  });
}
