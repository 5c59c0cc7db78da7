import { Activities } from '../activity/index.ts';
import { customAttributes, UserMapping } from '../attribute-mapping/index.ts';
import { CustomerAttributes, Customers, Regions, Sessions } from '../customer/index.ts';
import { Database, defineModule, onStart, provide } from '../framework/index.ts';
import { provisioningCommands } from './departure/commands.ts';
import { scimMount } from './http/scim-mount.ts';
import { countrySettings } from './settings.ts';
import { createAddressCompletion } from './user/complete.ts';
import { createUserProvisioner, UserProvisioner } from './user/provisioner.ts';

export default defineModule({
  name: 'provisioning',
  version: '0.1.0',
  host: '^1',
  sequence: ['scim', 'attribute-mapping', 'customer', 'connection', 'activity'],
  acl: { 'provisioning::config': 'Configure provisioning' },
  config: [countrySettings],
  migrations: new URL('./migrations/', import.meta.url),
  provides: [
    provide(
      UserProvisioner,
      {
        database: Database,
        customers: Customers,
        sessions: Sessions,
        mapping: UserMapping,
        regions: Regions,
        country: countrySettings.token,
        activities: Activities,
      },
      ({ regions, country, ...room }) =>
        createUserProvisioner({ ...room, completion: createAddressCompletion(regions, country) }),
    ),
  ],
  routes: [scimMount],
  commands: [...provisioningCommands],
  hooks: [
    onStart(
      'provisioning.custom-attributes',
      { database: Database, attributes: CustomerAttributes },
      async ({ database, attributes }) => {
        await database.transaction((tx) => attributes.ensure(tx, customAttributes));
      },
    ),
  ],
});
