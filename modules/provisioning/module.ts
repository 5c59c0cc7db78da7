import { Activities } from '../activity/index.ts';
import { customAttributes, MappingVersions, UserMapping } from '../attribute-mapping/index.ts';
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
import { customerGroupsPanel } from './admin/customer/groups.tsx';
import { administrationRecorded, customerSources, standingRecorded } from './admin/customer/source.ts';
import { deletionPanel } from './admin/delete-connection.tsx';
import { usersOfConnections } from './admin/figures.ts';
import { groupPages } from './admin/group/group-page.tsx';
import { applyPages, impactPages, mappingPanels, previewPages } from './admin/mapping/contributions.ts';
import { protectionPanel } from './admin/protection/panel.tsx';
import { recordCures, recordLinks } from './admin/record/links.ts';
import { replayPages, replayPanel } from './admin/record/replay.tsx';
import { undoAction, undoPanel } from './admin/record/undo.tsx';
import { connectionPages } from './admin/routes.ts';
import { attributeChecks } from './admin/setup-checks.ts';
import { waitingCard } from './admin/waiting-card.tsx';
import { matchRequestsOfConnection } from './adoption/belonging.ts';
import { matchCommands } from './adoption/commands.ts';
import { matchRoutes } from './adoption/http.ts';
import { createMatchRequests, MatchRequests } from './adoption/match-requests.ts';
import { provisioningOperations } from './checkup.ts';
import { createComparison } from './comparison/create-comparison.ts';
import { UserComparison } from './comparison/user-comparison.ts';
import { provisioningCommands } from './departure/commands.ts';
import { ConnectionDepartures, createDepartures } from './departure/departures.ts';
import { departureRoutes } from './departure/http.ts';
import { createUserDesk } from './desk/create-user-desk.ts';
import { UserDesk } from './desk/user-desk.ts';
import { createUserAddresses } from './detail/create-user-addresses.ts';
import { createGroupAssignment, GroupAssignment } from './detail/group-assignment.ts';
import { UserAddresses } from './detail/user-addresses.ts';
import { claimsFreed } from './ended-process.ts';
import { groupCommands } from './group/commands.ts';
import { createGroupJobs, GroupJobs } from './group/jobs.ts';
import { defaultGroupLimits, GroupLimits } from './group/limits.ts';
import { createGroupMemberships, GroupMemberships } from './group/memberships.ts';
import { createGroupProvisioner, GroupProvisioner } from './group/provisioner.ts';
import { heldOfConnection } from './guard/belonging.ts';
import { guardCheckup } from './guard/checkup.ts';
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
import { createRetention, Retention } from './retention/retention.ts';
import { retentionSettings } from './retention/settings.ts';
import { Room } from './room.ts';
import { policyCheck } from './scope/policy-check.ts';
import { makeSearch } from './search/search.ts';
import { searchSettings } from './search/settings.ts';
import { searchFormsCommands } from './search-forms/commands.ts';
import { createSearchForms } from './search-forms/create-search-forms.ts';
import { formsFollow } from './search-forms/observer.ts';
import { SearchForms } from './search-forms/search-forms.ts';
import { countrySettings } from './settings.ts';
import { createSignIns } from './sign-in/create-sign-ins.ts';
import { SignIns } from './sign-in/sign-ins.ts';
import { createSignInUsers, SignInUsers } from './sign-in/users.ts';
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
  config: [countrySettings, searchSettings, retentionSettings],
  migrations: new URL('./migrations/', import.meta.url),
  provides: [
    provide(GroupLimits, {}, () => defaultGroupLimits),
    provide(GroupMemberships, {}, createGroupMemberships),
    provide(
      GroupJobs,
      {
        database: Database,
        customerGroups: CustomerGroups,
        activities: Activities,
        clock: Clock,
        logger: Logger,
        limits: GroupLimits,
        events: Events,
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
    provide(
      Retention,
      {
        database: Database,
        versions: MappingVersions,
        config: retentionSettings.token,
        clock: Clock,
        logger: Logger,
      },
      createRetention,
    ),
    provide(SearchForms, { room: Room, connections: Connections, clock: Clock, logger: Logger }, createSearchForms),
    provide(UserComparison, { room: Room, connections: Connections, clock: Clock }, createComparison),
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
        events: Events,
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
      SignIns,
      { room: Room, database: Database, events: Events, logger: Logger, withdrawals: Withdrawals },
      createSignIns,
    ),
    provide(SignInUsers, {}, createSignInUsers),
    provide(
      GroupProvisioner,
      { room: Room, database: Database, events: Events, logger: Logger, withdrawals: Withdrawals },
      ({ room, ...guarded }) => guardedGroups(guarded, createGroupProvisioner(room)),
    ),
    provide(
      UserDesk,
      {
        users: UserProvisioner,
        groups: GroupProvisioner,
        mapping: UserMapping,
        activities: Activities,
        database: Database,
        environment: Environment,
        clock: Clock,
        logger: Logger,
      },
      createUserDesk,
    ),
    provide(GroupAssignment, { room: Room, clock: Clock }, ({ room, clock }) => createGroupAssignment(room, clock)),
    provide(UserAddresses, { room: Room, clock: Clock }, ({ room, clock }) => createUserAddresses(room, clock)),
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
    ...impactPages,
    ...applyPages,
    ...groupPages,
    ...replayPages,
    undoAction,
  ],
  contributes: [
    ...provisioningOperations,
    ...mappingPanels,
    attributeChecks,
    usersOfConnections,
    deletionPanel,
    waitingCard,
    customerIdentifiers,
    policyCheck,
    matchRequestsOfConnection,
    heldOfConnection,
    guardCheckup,
    ...recordLinks,
    recordCures,
    replayPanel,
    undoPanel,
    ...customerSources,
    customerGroupsPanel,
    protectionPanel,
  ],
  observers: [formsFollow, standingRecorded, administrationRecorded, ...claimsFreed],
  commands: [
    ...provisioningCommands,
    ...groupCommands,
    ...protectionCommands,
    ...matchCommands,
    ...guardCommands,
    ...previewCommands,
    ...impactCommands,
    replayCommand,
    ...searchFormsCommands,
  ],
  hooks: [
    onStart(
      'provisioning.custom-attributes',
      { database: Database, attributes: CustomerAttributes },
      async ({ database, attributes }) => {
        // A live store may have one of them as something else: then it keeps it, and presets do without.
        await database.transaction((tx) => attributes.ensure(tx, customAttributes, { differing: 'left' }));
      },
    ),
    onStart('provisioning.group-jobs.start', { jobs: GroupJobs }, ({ jobs }) => jobs.start()),
    onStop('provisioning.group-jobs.stop', { jobs: GroupJobs }, ({ jobs }) => jobs.stop()),
    // Tests count statements: in theirs nothing runs by itself.
    onStart('provisioning.guard-jobs.start', { jobs: GuardJobs, environment: Environment }, ({ jobs, environment }) => {
      if (environment.nodeEnv !== 'test') jobs.start();
    }),
    onStart(
      'provisioning.search-forms.start',
      { forms: SearchForms, environment: Environment },
      ({ forms, environment }) => {
        if (environment.nodeEnv !== 'test') forms.start();
      },
    ),
    onStart(
      'provisioning.retention.start',
      { retention: Retention, environment: Environment },
      ({ retention, environment }) => {
        if (environment.nodeEnv !== 'test') retention.start();
      },
    ),
    onStop('provisioning.retention.stop', { retention: Retention }, ({ retention }) => retention.stop()),
    onStop('provisioning.search-forms.stop', { forms: SearchForms }, ({ forms }) => forms.stop()),
    onStop('provisioning.guard-jobs.stop', { jobs: GuardJobs }, ({ jobs }) => jobs.stop()),
  ],
});
