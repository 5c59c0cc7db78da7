import { defineModule } from '../framework/index.ts';

export default defineModule({
  name: 'saml',
  version: '0.1.0',
  host: '^1',
  sequence: ['store', 'customer', 'activity', 'scim', 'connection', 'attribute-mapping', 'provisioning'],
  optional: ['admin'],
  acl: {},
  config: [],
  migrations: new URL('./migrations/', import.meta.url),
  provides: [],
  contributes: [],
  observers: [],
  routes: [],
  commands: [],
  hooks: [],
});
