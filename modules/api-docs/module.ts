import { defineModule, Environment, Inventory, provide } from '../framework/index.ts';
import { ApiDocs, createApiDocs } from './api-docs.ts';
import { exportDocs } from './export/command.ts';
import { docsRoutes } from './http/routes.ts';

export default defineModule({
  name: 'api-docs',
  version: '0.1.0',
  host: '^1',
  provides: [
    provide(ApiDocs, { inventory: Inventory, environment: Environment }, ({ inventory, environment }) =>
      createApiDocs(inventory, environment.baseUrl),
    ),
  ],
  routes: docsRoutes,
  commands: [exportDocs],
});
