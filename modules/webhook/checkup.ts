import { Checkups, Clock, contribute, Database, type Finding, Gauges, RecentFaults, sql } from '../framework/index.ts';
import { Deliveries } from './delivery/deliveries.ts';
import { HeldDeliveries } from './delivery/held/held-deliveries.ts';

/** More are not counted: it is too much either way. */
const most = 10_000;
/** An endpoint that fails is left alone for five minutes at most, so what waits longer has failed more than once. */
const patience = 900_000;

export const webhookOperations = [
  contribute(
    Checkups,
    { database: Database, deliveries: Deliveries, held: HeldDeliveries },
    ({ database, deliveries, held }) => ({
      name: 'webhook.deliveries',
      async look() {
        const kept = await held.count(database, most);
        const { waiting, oldestMs, failing, disabled } = await deliveries.backlog(database);
        const findings: Finding[] = [];
        if (disabled > 0)
          findings.push({
            severity: 'error',
            title: 'Webhooks switched off',
            found: `Of the webhooks, ${disabled} switched themselves off, because their receivers did not answer for days.`,
            cure: 'webhook:list says which and why; mend the receiver, then webhook:set <id> --active on and webhook:replay.',
          });
        if (kept > 0)
          findings.push({
            severity: 'error',
            title: 'Webhooks are held',
            found: `The database was brought back from a backup, in which ${kept === most ? `${most} or more` : kept} deliveries waited; they may have gone out since.`,
            cure: 'webhook:resume sends them under their old ids, webhook:resume --drop ends them unsent; what has happened since follows.',
          });
        if (oldestMs > patience && kept === 0)
          findings.push({
            severity: 'warning',
            title: 'Webhooks wait',
            found: `${waiting} deliveries wait, the oldest for ${Math.round(oldestMs / 60_000)} minutes; ${failing} webhooks fail.`,
            cure: 'webhook:log says what receivers answer; where it says nothing, start a server of this host.',
          });
        return findings;
      },
    }),
  ),
  contribute(Gauges, { database: Database }, ({ database }) => ({
    name: 'vestibule_webhook_waiting_deliveries',
    help: `Deliveries that wait, those of webhooks that are switched off included, counted up to ${most}`,
    async read() {
      const index = database.dialect.readBy('vestibule_webhook_delivery_ended');
      const row = await database.first<{ waiting: number }>(
        sql`SELECT COUNT(*) AS waiting FROM (SELECT delivery_id FROM {vestibule_webhook_delivery} ${index} WHERE state = 'waiting' LIMIT ${most}) some_deliveries`,
      );
      return row?.waiting ?? 0;
    },
  })),
  contribute(Gauges, { database: Database, clock: Clock }, ({ database, clock }) => ({
    name: 'vestibule_webhook_oldest_delivery_seconds',
    help: 'How long the oldest delivery of a webhook that is switched on has waited',
    async read() {
      const index = database.dialect.readBy('vestibule_webhook_delivery_log');
      const row = await database.first<{ oldest: number | null }>(
        sql`SELECT MIN((SELECT d.created_ms FROM {vestibule_webhook_delivery} d ${index} WHERE d.webhook_id = w.webhook_id AND d.state = 'waiting' ORDER BY d.created_ms LIMIT 1)) AS oldest FROM {vestibule_webhook} w WHERE w.is_active = 1`,
      );
      return row?.oldest == null ? 0 : Math.max(0, clock.now().getTime() - row.oldest) / 1_000;
    },
  })),
  contribute(Gauges, { database: Database }, ({ database }) => ({
    name: 'vestibule_webhooks',
    help: 'Webhooks by state: those that fail are switched on, those that are disabled switched themselves off',
    label: 'state',
    async read() {
      const rows = await database.all<{ state: 'working' | 'failing' | 'disabled' | 'off'; number: number }>(
        sql`SELECT CASE WHEN is_active = 1 THEN CASE WHEN failing_since_ms IS NULL THEN 'working' ELSE 'failing' END ELSE CASE WHEN disabled_because IS NULL THEN 'off' ELSE 'disabled' END END AS state, COUNT(*) AS number FROM {vestibule_webhook} GROUP BY state`,
      );
      const counts = Object.fromEntries(rows.map(({ state, number }) => [state, number]));
      return { working: 0, failing: 0, disabled: 0, off: 0, ...counts };
    },
  })),
  contribute(RecentFaults, { database: Database }, ({ database }) => ({
    name: 'webhook.failed',
    read: () =>
      database.all(
        sql`SELECT delivery_id, webhook_id, scope, attempts, status, ended_ms FROM {vestibule_webhook_delivery} ${database.dialect.readBy('vestibule_webhook_delivery_ended')} WHERE state = 'failed' ORDER BY ended_ms DESC LIMIT 50`,
      ),
  })),
];
