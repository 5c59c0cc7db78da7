import { Activities } from '../activity/index.ts';
import { Connections } from '../connection/index.ts';
import { CustomerAnonymised, CustomerDeleted, CustomerGrid, Customers } from '../customer/index.ts';
import {
  Clock,
  Database,
  defineModule,
  Environment,
  Logger,
  observe,
  onStart,
  onStop,
  ProcessEnded,
  provide,
} from '../framework/index.ts';
import { UserComparison } from '../provisioning/index.ts';
import { reconciliationCard } from './admin/card.tsx';
import { reconciliationPages } from './admin/routes.ts';
import { reconcileCommand } from './cli/commands.ts';
import { createReconciliation } from './create-reconciliation.ts';
import { createGridFindings } from './grid/grid-findings.ts';
import { Reconciliation } from './reconciliation.ts';
import { createRuns } from './run/create-runs.ts';
import { forgetFindings } from './run/finding-rows.ts';
import { endRunOf } from './run/run-rows.ts';
import { ReconciliationRuns } from './run/runs.ts';
import { createSchedule, ReconciliationSchedule } from './schedule/schedule.ts';
import { scheduleSettings } from './settings.ts';

export default defineModule({
  name: 'reconciliation',
  version: '0.1.0',
  host: '^1',
  sequence: ['store', 'customer', 'connection', 'activity', 'attribute-mapping', 'provisioning'],
  optional: ['admin'],
  acl: {
    'reconciliation::view': 'See where store and documents disagree',
    'reconciliation::cure': 'Cure what a reconciliation has found',
    'reconciliation::config': 'Configure reconciliation',
  },
  config: [scheduleSettings],
  migrations: new URL('./migrations/', import.meta.url),
  provides: [
    provide(
      Reconciliation,
      {
        database: Database,
        connections: Connections,
        comparison: UserComparison,
        grid: CustomerGrid,
        customers: Customers,
        activities: Activities,
        clock: Clock,
      },
      (parts) => createReconciliation({ ...parts, grid: createGridFindings(parts) }),
    ),
    provide(ReconciliationRuns, { database: Database, reconciliation: Reconciliation, clock: Clock }, createRuns),
    provide(
      ReconciliationSchedule,
      { runs: ReconciliationRuns, config: scheduleSettings.token, clock: Clock, logger: Logger },
      createSchedule,
    ),
  ],
  routes: [...reconciliationPages],
  contributes: [reconciliationCard],
  observers: [
    observe(ProcessEnded, {
      id: 'reconciliation.end-run',
      when: 'transaction',
      handle: ({ process }, _parts, tx) => endRunOf(tx, process),
    }),
    observe(CustomerAnonymised, {
      id: 'reconciliation.anonymised',
      when: 'transaction',
      handle: ({ id }, _parts, tx) => forgetFindings(tx, id),
    }),
    observe(CustomerDeleted, {
      id: 'reconciliation.deleted',
      when: 'transaction',
      handle: ({ id }, _parts, tx) => forgetFindings(tx, id),
    }),
  ],
  commands: [reconcileCommand],
  hooks: [
    // Tests count statements: in theirs nothing runs by itself.
    onStart(
      'reconciliation.schedule.start',
      { schedule: ReconciliationSchedule, environment: Environment },
      ({ schedule, environment }) => {
        if (environment.nodeEnv !== 'test') schedule.start();
      },
    ),
    onStop('reconciliation.schedule.stop', { schedule: ReconciliationSchedule }, ({ schedule }) => schedule.stop()),
  ],
});
