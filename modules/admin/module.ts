import {
  Authorizer,
  Clock,
  contribute,
  Database,
  DatabaseRestored,
  defineModule,
  Encryptor,
  Environment,
  ErrorPages,
  Events,
  Inventory,
  Logger,
  observe,
  ProcessEnded,
  provide,
  sql,
} from '../framework/index.ts';
import { Authentication, createAuthentication } from './access/authentication.ts';
import { createSecondFactors, SecondFactors } from './access/second-factor.ts';
import { Sessions } from './access/session.ts';
import { createSessions } from './access/sessions.ts';
import { AdministrativeActs, createActs } from './act/act.ts';
import { Administrators } from './administrator.ts';
import { createAdministrators } from './administrators.ts';
import { createUser, listUsers, resetSecondFactor, unlockUser } from './commands.ts';
import { firstAdministrator } from './first-start.ts';
import { createAuthorizer } from './http/authorizer.ts';
import { createFrame } from './http/create-frame.tsx';
import { createErrorPages } from './http/error-pages.tsx';
import { Frame } from './http/frame.ts';
import { createVisitors, Visitors } from './http/visitors.ts';
import { DashboardCards, FirstSteps, MenuLinks, Subjects } from './kit/extension-points.ts';
import { accessCard } from './pages/access-card.tsx';
import { firstStepsCard } from './pages/first-steps.tsx';
import { Roles } from './role/role.ts';
import { createRoles } from './role/roles.ts';
import { administrationTrace } from './role/trace.ts';
import { routes } from './routes.ts';
import { security } from './settings.ts';
import { createTasks, stopTasksOf } from './task/create-tasks.ts';
import { Tasks } from './task/task.ts';

export default defineModule({
  name: 'admin',
  version: '1.0.0',
  host: '^1',
  // The tables of administrators are the store's.
  sequence: ['store'],
  acl: {
    'admin::account': 'Log in, and manage the own account',
    'admin::configuration': 'Open the configuration (each section has a resource of its own)',
    'admin::config': 'Configure sessions, lock-out and second factors',
    'admin::modules': 'See the modules',
    'admin::users': 'Manage users and their sessions',
    'admin::roles': 'Manage roles',
  },
  config: [security],
  migrations: new URL('./migrations/', import.meta.url),
  provides: [
    provide(AdministrativeActs, { database: Database, events: Events }, ({ database, events }) =>
      createActs(database, events),
    ),
    provide(Administrators, {}, () => createAdministrators()),
    provide(Roles, { inventory: Inventory }, ({ inventory }) => createRoles((resource) => inventory.acl.has(resource))),
    provide(Sessions, { database: Database, settings: security.token }, ({ database, settings }) =>
      createSessions(database, settings),
    ),
    provide(SecondFactors, { database: Database, encryptor: Encryptor }, ({ database, encryptor }) =>
      createSecondFactors(database, encryptor),
    ),
    provide(Authentication, { database: Database, settings: security.token }, ({ database, settings }) =>
      createAuthentication(database, settings),
    ),
    provide(
      Visitors,
      { sessions: Sessions, encryptor: Encryptor, clock: Clock, environment: Environment },
      ({ environment, ...given }) => createVisitors({ ...given, https: environment.baseUrl.startsWith('https:') }),
    ),
    provide(
      Authorizer,
      {
        visitors: Visitors,
        sessions: Sessions,
        authentication: Authentication,
        secondFactors: SecondFactors,
        administrators: Administrators,
        acts: AdministrativeActs,
        database: Database,
        clock: Clock,
        environment: Environment,
      },
      ({ environment, ...given }) => createAuthorizer({ ...given, baseUrl: environment.baseUrl }),
    ),
    provide(
      Frame,
      {
        inventory: Inventory,
        visitors: Visitors,
        sessions: Sessions,
        database: Database,
        subjects: Subjects,
        links: MenuLinks,
      },
      createFrame,
    ),
    provide(Tasks, { database: Database, clock: Clock, logger: Logger }, ({ database, clock, logger }) =>
      createTasks(database, clock, logger),
    ),
    provide(ErrorPages, { frame: Frame }, ({ frame }) => createErrorPages(frame)),
  ],
  contributes: [
    administrationTrace,
    contribute(DashboardCards, { steps: FirstSteps }, ({ steps }) => firstStepsCard(steps)),
    contribute(DashboardCards, { sessions: Sessions, clock: Clock }, accessCard),
    contribute(FirstSteps, {}, () => ({
      label: 'Protect your account with a second factor',
      href: '/admin/account/second-factor',
      acl: 'admin::account',
      sortOrder: 90,
      done: async ({ signedIn }) => signedIn?.secondFactor ?? true,
    })),
  ],
  commands: [createUser, listUsers, unlockUser, resetSecondFactor],
  routes,
  observers: [
    observe(ProcessEnded, {
      id: 'admin.stop-tasks',
      when: 'transaction',
      handle: ({ process }, _needs, tx) => stopTasksOf(tx, process),
    }),
    // Whoever has logged out since, or was locked out, must not be in again.
    observe(DatabaseRestored, {
      id: 'admin.end-sessions',
      when: 'transaction',
      handle: (_restored, _needs, tx) => tx.later(sql`DELETE FROM {vestibule_admin_session}`),
    }),
  ],
  hooks: [firstAdministrator],
});
