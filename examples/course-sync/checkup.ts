import { Checkups, Clock, contribute, Database, type Finding, Gauges } from 'vestibule/framework';
import { Lms } from './lms/lms.ts';
import { mostCounted, queueCounts } from './queue/queue.ts';

/** What waits longer has failed several times, or nobody works. */
const patience = 3_600_000;

/** What `doctor` says of courses, and what `/metrics` counts. */
export const courseOperations = [
  contribute(Checkups, { database: Database, lms: Lms, clock: Clock }, ({ database, lms, clock }) => ({
    name: 'course-sync.queue',
    async look() {
      const { waiting, failed, oldestMs } = await queueCounts(database);
      const findings: Finding[] = [];
      if (waiting > 0 && !(await lms.ready()))
        findings.push({
          severity: 'warning',
          title: 'No LMS',
          found: `The courses of ${waiting} customers wait, and no LMS is configured.`,
          cure: 'Set course_sync/lms/adapter and course_sync/lms/url.',
        });
      if (failed > 0)
        findings.push({
          severity: 'warning',
          title: 'Courses that failed',
          found: `The LMS refused something for ${failed} customers.`,
          cure: 'course:queue says what and why; mend it, then course:retry.',
        });
      if (oldestMs !== null && clock.now().getTime() - oldestMs > patience)
        findings.push({
          severity: 'warning',
          title: 'Courses wait',
          found: `The courses of ${waiting} customers wait, the longest for ${Math.round((clock.now().getTime() - oldestMs) / 60_000)} minutes.`,
          cure: 'course:queue says what the LMS answers; where it says nothing, start a server of this host.',
        });
      return findings;
    },
  })),
  contribute(Gauges, { database: Database }, ({ database }) => ({
    name: 'vestibule_course_queue',
    help: `Customers whose courses wait, and those whose courses failed, counted up to ${mostCounted}`,
    label: 'state',
    async read() {
      const { waiting, failed } = await queueCounts(database);
      return { waiting, failed };
    },
  })),
];
