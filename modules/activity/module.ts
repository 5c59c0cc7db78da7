import {
  Clock,
  Database,
  defineModule,
  Encryptor,
  Environment,
  Logger,
  observe,
  onStart,
  onStop,
  ProcessEnded,
  provide,
} from '../framework/index.ts';
import { Activities } from './activity.ts';
import { administrationRecorded } from './admin/administration.ts';
import { customerActivity } from './admin/customer-panel.tsx';
import { activityCards } from './admin/dashboard/cards.tsx';
import { recordPage } from './admin/record/page.tsx';
import { exportPage } from './admin/report/export.ts';
import { connectionActivityPage, reportPage } from './admin/report/pages.tsx';
import { verificationRoutes } from './admin/verification/page.tsx';
import { activityOperations } from './checkup.ts';
import { jobCommands } from './cli/jobs.ts';
import { reportCommand } from './cli/report.ts';
import { verifyCommand } from './cli/verify.ts';
import { configurationRecorded } from './configuration.ts';
import { activityRoutes } from './http/routes.ts';
import { ActivityJobs, createJobs } from './jobs/jobs.ts';
import { createLease, releaseLeasesOf } from './jobs/lease.ts';
import { createProcessLoad, ProcessLoad } from './jobs/load.ts';
import { jobSettings } from './jobs/settings.ts';
import { createJournal } from './journal.ts';
import { insertActivity } from './pending.ts';
import { recentActivities } from './recent.ts';
import { ActivityReports } from './report.ts';
import { createReports } from './reports.ts';
import { createPurger } from './retention/purger.ts';
import { retentionSettings } from './retention/settings.ts';
import { headOf } from './seal/seal.ts';
import { createSealer } from './seal/sealer.ts';
import { ActivityVerifier } from './seal/verification.ts';
import { createVerifier } from './seal/verify.ts';
import { createKinds } from './search/kind.ts';
import { ApplicationNames, CustomerIdentifiers, createNames } from './search/names.ts';

export default defineModule({
  name: 'activity',
  version: '0.2.0',
  host: '^1',
  optional: ['admin'],
  acl: {
    'activity::config': 'Configure how long activity is kept',
    'activity::view': 'See reports of what identity providers did',
    'activity::export': 'Export these reports',
    'activity::verify': 'Check that the record is as it was sealed',
  },
  config: [retentionSettings, jobSettings],
  migrations: new URL('./migrations/', import.meta.url),
  provides: [
    provide(Activities, { database: Database, logger: Logger }, ({ database, logger }) => {
      const journal = createJournal(database, logger);
      return {
        record: (tx, entry) => tx.later(insertActivity(entry)),
        note: (entry) => journal.add(entry),
        flush: () => journal.flush(),
        stop: () => journal.stop(),
        recent: (db, filter = {}) => recentActivities(db, filter),
      };
    }),
    provide(
      ActivityReports,
      { applications: ApplicationNames, identifiers: CustomerIdentifiers },
      ({ applications, identifiers }) => createReports(createNames(applications, identifiers)),
    ),
    provide(ProcessLoad, {}, createProcessLoad),
    provide(
      ActivityJobs,
      {
        database: Database,
        encryptor: Encryptor,
        applications: ApplicationNames,
        config: retentionSettings.token,
        load: ProcessLoad,
        clock: Clock,
        logger: Logger,
      },
      ({ database, encryptor, applications, config, load, clock, logger }) =>
        createJobs({
          sealer: createSealer({
            database,
            encryptor,
            kinds: createKinds(database, createNames(applications, []).codeOf),
            clock,
          }),
          purger: createPurger({ database, encryptor, config, clock }),
          sealLease: createLease(database, 'seal'),
          purgeLease: createLease(database, 'purge'),
          async anchor() {
            const head = await headOf(database);
            if (head)
              logger.info({ anchor: `${head.seal_id}:${head.digest}` }, 'activity is sealed; activity:verify --anchor');
          },
          load,
          clock,
          logger,
        }),
    ),
    provide(ActivityVerifier, { database: Database, encryptor: Encryptor }, ({ database, encryptor }) =>
      createVerifier({ database, encryptor }),
    ),
  ],
  contributes: [...activityOperations, customerActivity, ...activityCards],
  // The export stands before the record: its address would be one of a record otherwise.
  routes: [...activityRoutes, reportPage, exportPage, recordPage, connectionActivityPage, ...verificationRoutes],
  observers: [
    administrationRecorded,
    configurationRecorded,
    observe(ProcessEnded, {
      id: 'activity.release-leases',
      when: 'transaction',
      handle: ({ process }, _needs, tx) => releaseLeasesOf(tx, process),
    }),
  ],
  commands: [reportCommand, verifyCommand, ...jobCommands],
  hooks: [
    onStop('activity.flush', { activities: Activities }, ({ activities }) => activities.stop()),
    // Tests count statements: in theirs nothing runs by itself.
    onStart(
      'activity.start-jobs',
      { jobs: ActivityJobs, environment: Environment, config: jobSettings.token },
      async ({ jobs, environment, config }) => {
        if (environment.nodeEnv !== 'test' && (await config.get('background'))) jobs.start();
      },
    ),
    onStop('activity.jobs-stop', { jobs: ActivityJobs }, ({ jobs }) => jobs.stop()),
  ],
});
