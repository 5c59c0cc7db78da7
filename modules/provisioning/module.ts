import { Activities } from '../activity/index.ts';
import { customAttributes, UserMapping } from '../attribute-mapping/index.ts';
import { CustomerAttributes, CustomerGroups, Customers, Regions, Sessions } from '../customer/index.ts';
import { Clock, Database, defineModule, Encryptor, Logger, onStart, onStop, provide } from '../framework/index.ts';
import { provisioningCommands } from './departure/commands.ts';
import { groupCommands } from './group/commands.ts';
import { createGroupJobs, GroupJobs } from './group/jobs.ts';
import { defaultGroupLimits, GroupLimits } from './group/limits.ts';
import { createGroupProvisioner, GroupProvisioner } from './group/provisioner.ts';
import { scimMount } from './http/scim-mount.ts';
import { Room } from './room.ts';
import { makeSearch } from './search/search.ts';
import { searchSettings } from './search/settings.ts';
import { countrySettings } from './settings.ts';
import { createAddressCompletion } from './user/complete.ts';
import { customerIdentifiers } from './user/customer-identifiers.ts';
import { createUserProvisioner, UserProvisioner } from './user/provisioner.ts';

export default defineModule({
  name: 'provisioning',
  version: '0.1.0',
  host: '^1',
  sequence: ['scim', 'attribute-mapping', 'customer', 'connection', 'activity'],
  acl: { 'provisioning::config': 'Configure provisioning' },
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
        mapping: UserMapping,
        regions: Regions,
        country: countrySettings.token,
        activities: Activities,
        groupJobs: GroupJobs,
        groupLimits: GroupLimits,
        encryptor: Encryptor,
        config: searchSettings.token,
      },
      ({ regions, country, encryptor, config, ...room }) => ({
        ...room,
        completion: createAddressCompletion(regions, country),
        search: makeSearch({ encryptor, config }),
      }),
    ),
    provide(UserProvisioner, { room: Room }, ({ room }) => createUserProvisioner(room)),
    provide(GroupProvisioner, { room: Room }, ({ room }) => createGroupProvisioner(room)),
  ],
  routes: [scimMount],
  contributes: [customerIdentifiers],
  commands: [...provisioningCommands, ...groupCommands],
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
  ],
});
