import { Checkups, Clock, contribute, Database, Gauges, sql } from '../framework/index.ts';
import { captureProblems } from './problem.ts';
import { captureSettings } from './settings.ts';
import { CaptureTriggers } from './trigger/capture-triggers.ts';

/** More are not counted: it is too much either way. */
const most = 10_000;

export const captureOperations = [
  contribute(
    Checkups,
    { database: Database, triggers: CaptureTriggers, config: captureSettings.token, clock: Clock },
    ({ database, triggers, config, clock }) => ({
      name: 'change-capture.capture',
      async look() {
        const found = (await config.get('triggers')) ? await triggers.status() : [];
        const problems = await captureProblems(database, found, clock.now().getTime());
        return problems.map(({ code, message, cure }) => ({
          severity: code === 'CAPTURE_TRIGGERS_MISSING' ? 'warning' : 'error',
          title: 'Changes of customers are not captured',
          // What an observer threw may repeat what it was told of a customer.
          found: code === 'CAPTURE_PUMP_FAILING' ? 'Changes can’t be handed on; capture:status says why.' : message,
          cure,
        }));
      },
    }),
  ),
  contribute(Gauges, { database: Database }, ({ database }) => ({
    name: 'vestibule_captured_changes_waiting',
    help: `Changes of customers that wait to be handed on, counted up to ${most}`,
    async read() {
      const row = await database.first<{ waiting: number }>(
        sql`SELECT COUNT(*) AS waiting FROM (SELECT change_id FROM {vestibule_change} LIMIT ${most}) some_changes`,
      );
      return row?.waiting ?? 0;
    },
  })),
];
