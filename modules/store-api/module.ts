import { Pulse, Tokens } from '../connection/index.ts';
import { defineModule, Environment, provide } from '../framework/index.ts';
import { ApiAccounts } from './account/api-account.ts';
import { createApiAccounts } from './account/api-accounts.ts';
import { storeApiGuide } from './admin/guide.ts';
import { accountPages } from './admin/routes.ts';
import { apiAccountCommands } from './commands/api-account.ts';
import { createPasswordChecks, PasswordChecks } from './customer/password-checks.ts';
import { accountRoutes } from './http/admin/accounts.ts';
import { storeMount } from './http/store-mount.ts';

export default defineModule({
  name: 'store-api',
  version: '0.1.0',
  host: '^1',
  sequence: ['store', 'customer', 'activity', 'scim', 'connection', 'attribute-mapping', 'provisioning', 'webhook'],
  optional: ['admin'],
  acl: {
    'store-api::view': 'See API accounts of connections',
    'store-api::manage': 'Make and revoke API accounts of connections',
  },
  provides: [
    provide(ApiAccounts, { tokens: Tokens, environment: Environment }, ({ tokens, environment }) =>
      createApiAccounts(tokens, environment),
    ),
    provide(PasswordChecks, { pulse: Pulse }, ({ pulse }) => createPasswordChecks(pulse)),
  ],
  routes: [storeMount, ...accountRoutes, ...accountPages],
  contributes: [storeApiGuide],
  commands: [...apiAccountCommands],
});
