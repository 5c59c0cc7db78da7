import { defineModule, Environment, Inventory, provide } from '../framework/index.ts';
import { apiLink } from './admin/menu-link.ts';
import { ApiDocs, createApiDocs } from './api-docs.ts';
import { exportDocs } from './export/command.ts';
import { docsRoutes } from './http/routes.ts';

export default defineModule({
  name: 'api-docs',
  version: '0.1.0',
  host: '^1',
  optional: ['admin'],
  provides: [
    provide(ApiDocs, { inventory: Inventory, environment: Environment }, ({ inventory, environment }) =>
      createApiDocs(inventory, environment.baseUrl),
    ),
  ],
  contributes: [apiLink],
  routes: docsRoutes,
  commands: [exportDocs],
});
