import { Checkups, Clock, contribute, Database, type Finding, sql, sqlTimestampMs } from '../../framework/index.ts';
import { GuardHolds } from './holds.ts';

/** A running server begins within seconds and renews its claim every few requests: nothing for longer than this is a fault. */
const stillFor = 120_000;

/** What waits for people, or for a server, is told by `doctor`. */
export const guardCheckup = contribute(
  Checkups,
  { database: Database, holds: GuardHolds, clock: Clock },
  ({ database, holds, clock }) => ({
    name: 'provisioning.guard',
    async look() {
      const findings: Finding[] = (await holds.list({ status: 'open' })).map(
        ({ id, connection, openedAt, waiting }): Finding => ({
          severity: 'warning',
          title: 'Changes wait for a decision',
          found: `Since ${openedAt.slice(0, 19)} UTC hold ${id} keeps ${waiting === 1 ? 'a request' : `${waiting} requests`} of the connection ${connection ?? '-'}; until somebody decides, nobody of it is deactivated, deleted or left in no group.`,
          cure: `guard:show ${id} says whom it is about; guard:approve ${id} carries it out, guard:deny ${id} refuses it for seven days.`,
        }),
      );
      const long = sqlTimestampMs(new Date(clock.now().getTime() - stillFor));
      const still = await database.all<{ hold_id: number }>(
        sql`SELECT hold_id FROM {vestibule_guard_hold} WHERE (status = 'approved' AND decided_at < ${long} AND claimed_until IS NULL) OR ((status = 'approved' OR restore_status = 'running') AND claimed_until < ${long}) ORDER BY hold_id`,
      );
      if (still.length > 0)
        findings.push({
          severity: 'warning',
          title: 'What was decided is not carried out',
          found: `No server goes on with ${still.map(({ hold_id }) => `hold ${hold_id}`).join(', ')}, which was approved or is to be restored.`,
          cure: 'Start a server. If one is running, its log says what keeps it.',
        });
      return findings;
    },
  }),
);
