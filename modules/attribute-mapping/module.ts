import { CustomerAttributes } from '../customer/index.ts';
import { defineModule, provide } from '../framework/index.ts';
import { createMapping } from './engine.ts';
import { UserMapping } from './mapping.ts';
import { followShape } from './shape.ts';

export default defineModule({
  name: 'attribute-mapping',
  version: '0.1.0',
  host: '^1',
  sequence: ['scim', 'customer', 'connection'],
  provides: [
    provide(UserMapping, { attributes: CustomerAttributes }, ({ attributes }) => ({
      ...createMapping(followShape(() => attributes.known())),
      async ready(db) {
        await attributes.all(db);
      },
    })),
  ],
});
