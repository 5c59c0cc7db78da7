import { Activities } from '../activity/index.ts';
import { customAttributes, UserMapping } from '../attribute-mapping/index.ts';
import { Belongings, Connections, Tokens } from '../connection/index.ts';
import {
  CustomerAttributes,
  CustomerGroups,
  Customers,
  Newsletter,
  Passwords,
  Regions,
  Sessions,
} from '../customer/index.ts';
import {
  Clock,
  Database,
  defineModule,
  Encryptor,
  Environment,
  Events,
  Logger,
  onStart,
  onStop,
  provide,
} from '../framework/index.ts';
import { Websites } from '../store/index.ts';
import { usersOfConnections } from './admin/connection-users.ts';
import { customerSources, standingRecorded } from './admin/customer/source.ts';
import { deletionPanel } from './admin/delete-connection.tsx';
import { groupPages } from './admin/group/group-page.tsx';
import { mappingPanels, previewPages } from './admin/mapping/contributions.ts';
import { recordCures, recordLinks } from './admin/record/links.ts';
import { replayPages, replayPanel } from './admin/record/replay.tsx';
import { connectionPages } from './admin/routes.ts';
import { waitingCard } from './admin/waiting-card.tsx';
import { matchRequestsOfConnection } from './adoption/belonging.ts';
import { matchCommands } from './adoption/commands.ts';
import { matchRoutes } from './adoption/http.ts';
import { createMatchRequests, MatchRequests } from './adoption/match-requests.ts';
import { provisioningCommands } from './departure/commands.ts';
import { ConnectionDepartures, createDepartures } from './departure/departures.ts';
import { departureRoutes } from './departure/http.ts';
import { groupCommands } from './group/commands.ts';
import { createGroupJobs, GroupJobs } from './group/jobs.ts';
import { defaultGroupLimits, GroupLimits } from './group/limits.ts';
import { createGroupProvisioner, GroupProvisioner } from './group/provisioner.ts';
import { heldOfConnection } from './guard/belonging.ts';
import { guardCommands } from './guard/commands.ts';
import { createGuard } from './guard/create-guard.ts';
import { createGuardHolds } from './guard/create-holds.ts';
import { guardedGroups, guardedUsers } from './guard/guarded.ts';
import { createWithdrawals, Withdrawals } from './guard/hold/withdraw.ts';
import { GuardHolds } from './guard/holds.ts';
import { guardRoutes } from './guard/http/routes.ts';
import { createGuardJobs } from './guard/job/create-jobs.ts';
import { GuardJobs } from './guard/job/guard-jobs.ts';
import { mappingRoutes } from './http/mapping-routes.ts';
import { replayRoutes } from './http/replay-route.ts';
import { scimMount } from './http/scim-mount.ts';
import { impactCommands } from './impact/commands.ts';
import { previewCommands } from './preview/commands.ts';
import { trialProvisions } from './preview/provisions.ts';
import { protectionCommands } from './protection/commands.ts';
import { protectionRoutes } from './protection/http.ts';
import { createProtectedCustomers, ProtectedCustomers } from './protection/protected-customers.ts';
import { replayCommand } from './replay/commands.ts';
import { Room } from './room.ts';
import { policyCheck } from './scope/policy-check.ts';
import { makeSearch } from './search/search.ts';
import { searchSettings } from './search/settings.ts';
import { countrySettings } from './settings.ts';
import { createCompletion } from './user/complete.ts';
import { customerIdentifiers } from './user/customer-identifiers.ts';
import { createUserProvisioner, UserProvisioner } from './user/provisioner.ts';

export default defineModule({
  name: 'provisioning',
  version: '0.1.0',
  host: '^1',
  sequence: ['scim', 'store', 'attribute-mapping', 'customer', 'connection', 'activity'],
  optional: ['admin'],
  acl: {
    'provisioning::config': 'Configure provisioning',
    'provisioning::protect': 'Say whom no connection may change',
    'provisioning::matches': 'Decide who is which customer of the store',
    'provisioning::departure': 'Delete connections',
    'provisioning::preview': 'Try requests and mappings, and see what was received',
    'provisioning::groups': 'See the groups of connections',
    'provisioning::groups-edit': 'Map groups to customer groups',
    'provisioning::apply': 'Bring all customers to a mapping',
    'provisioning::replay': 'Carry recorded requests out once more',
    'provisioning::guard': 'See what the mass-deprovision guard holds',
    'provisioning::guard-decide': 'Approve, deny and restore what it holds',
  },
  config: [countrySettings, searchSettings],
  migrations: new URL('./migrations/', import.meta.url),
  provides: [
    provide(GroupLimits, {}, () => defaultGroupLimits),
    provide(
      GroupJobs,
      {
        database: Database,
        customerGroups: CustomerGroups,
        activities: Activities,
        clock: Clock,
        logger: Logger,
        limits: GroupLimits,
      },
      createGroupJobs,
    ),
    provide(
      Room,
      {
        database: Database,
        customers: Customers,
        customerGroups: CustomerGroups,
        sessions: Sessions,
        newsletter: Newsletter,
        passwords: Passwords,
        mapping: UserMapping,
        regions: Regions,
        websites: Websites,
        country: countrySettings.token,
        activities: Activities,
        events: Events,
        groupJobs: GroupJobs,
        groupLimits: GroupLimits,
        encryptor: Encryptor,
        config: searchSettings.token,
      },
      ({ regions, websites, country, encryptor, config, ...room }) => ({
        ...room,
        completion: createCompletion({ ...room, regions, websites, country }),
        search: makeSearch({ encryptor, config }),
        guard: createGuard(),
      }),
    ),
    provide(ProtectedCustomers, { groups: CustomerGroups, activities: Activities }, ({ groups, activities }) =>
      createProtectedCustomers(groups, activities),
    ),
    provide(MatchRequests, { activities: Activities }, ({ activities }) => createMatchRequests(activities)),
    provide(
      ConnectionDepartures,
      {
        database: Database,
        customers: Customers,
        sessions: Sessions,
        activities: Activities,
        connections: Connections,
        tokens: Tokens,
        belongings: Belongings,
        clock: Clock,
      },
      (room) => createDepartures(room),
    ),
    provide(Withdrawals, { database: Database }, ({ database }) => createWithdrawals(database)),
    provide(
      UserProvisioner,
      { room: Room, database: Database, events: Events, logger: Logger, withdrawals: Withdrawals },
      ({ room, ...guarded }) => guardedUsers(guarded, createUserProvisioner(room)),
    ),
    ...trialProvisions,
    provide(
      GroupProvisioner,
      { room: Room, database: Database, events: Events, logger: Logger, withdrawals: Withdrawals },
      ({ room, ...guarded }) => guardedGroups(guarded, createGroupProvisioner(room)),
    ),
    provide(
      GuardJobs,
      {
        room: Room,
        users: UserProvisioner,
        groups: GroupProvisioner,
        connections: Connections,
        withdrawals: Withdrawals,
        environment: Environment,
        clock: Clock,
        logger: Logger,
      },
      createGuardJobs,
    ),
    provide(
      GuardHolds,
      { database: Database, activities: Activities, jobs: GuardJobs, clock: Clock },
      createGuardHolds,
    ),
  ],
  routes: [
    scimMount,
    ...protectionRoutes,
    ...matchRoutes,
    ...departureRoutes,
    ...guardRoutes,
    ...mappingRoutes,
    ...replayRoutes,
    ...connectionPages,
    ...previewPages,
    ...groupPages,
    ...replayPages,
  ],
  contributes: [
    ...mappingPanels,
    usersOfConnections,
    deletionPanel,
    waitingCard,
    customerIdentifiers,
    policyCheck,
    matchRequestsOfConnection,
    heldOfConnection,
    ...recordLinks,
    recordCures,
    replayPanel,
    ...customerSources,
  ],
  observers: [standingRecorded],
  commands: [
    ...provisioningCommands,
    ...groupCommands,
    ...protectionCommands,
    ...matchCommands,
    ...guardCommands,
    ...previewCommands,
    ...impactCommands,
    replayCommand,
  ],
  hooks: [
    onStart(
      'provisioning.custom-attributes',
      { database: Database, attributes: CustomerAttributes },
      async ({ database, attributes }) => {
        await database.transaction((tx) => attributes.ensure(tx, customAttributes));
      },
    ),
    onStart('provisioning.group-jobs.start', { jobs: GroupJobs }, ({ jobs }) => jobs.start()),
    onStop('provisioning.group-jobs.stop', { jobs: GroupJobs }, ({ jobs }) => jobs.stop()),
    // Tests count statements: in theirs nothing runs by itself.
    onStart('provisioning.guard-jobs.start', { jobs: GuardJobs, environment: Environment }, ({ jobs, environment }) => {
      if (environment.nodeEnv !== 'test') jobs.start();
    }),
    onStop('provisioning.guard-jobs.stop', { jobs: GuardJobs }, ({ jobs }) => jobs.stop()),
  ],
});
