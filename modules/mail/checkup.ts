import { Checkups, contribute, Database, type Finding, Gauges, RecentFaults, sql } from '../framework/index.ts';
import { MailQueue } from './queue/queue.ts';

const mails = (count: number): string => (count === 1 ? '1 mail' : `${count} mails`);

export const mailOperations = [
  contribute(Checkups, { database: Database, queue: MailQueue }, ({ database, queue }) => ({
    name: 'mail.queue',
    async look() {
      const { unconfigured = 0, failed = 0 } = await queue.counts(database);
      const findings: Finding[] = [];
      if (unconfigured > 0)
        findings.push({
          severity: 'error',
          title: 'No mail server',
          found: `${mails(unconfigured)} could not be sent, because no SMTP server is set.`,
          cure: 'Set system/smtp/transport to smtp with host and port, try mail:test, then run mail:retry --state unconfigured.',
        });
      if (failed > 0)
        findings.push({
          severity: 'warning',
          title: 'Mails were given up',
          found: `${mails(failed)} could not be delivered; mail:list --state failed says why.`,
          cure: 'Remove the cause and run mail:retry --state failed.',
        });
      return findings;
    },
  })),
  contribute(Gauges, { database: Database }, ({ database }) => ({
    name: 'vestibule_mails',
    help: 'Mails that are not sent, by state',
    label: 'state',
    async read() {
      const rows = await database.all<{ state: string; number: number }>(
        sql`SELECT state, COUNT(*) AS number FROM {vestibule_mail} WHERE state IN ('waiting', 'failed', 'unconfigured') GROUP BY state`,
      );
      return {
        waiting: 0,
        failed: 0,
        unconfigured: 0,
        ...Object.fromEntries(rows.map((row) => [row.state, row.number])),
      };
    },
  })),
  contribute(RecentFaults, { database: Database }, ({ database }) => ({
    name: 'mail.failed',
    // Notes repeat what a server said, which may name the recipient.
    read: () =>
      database.all(
        sql`SELECT mail_id, template, state, attempts, at_ms FROM {vestibule_mail} WHERE state = 'failed' ORDER BY at_ms DESC LIMIT 50`,
      ),
  })),
];
