import { defineModule, provide } from '../framework/index.ts';
import { addressRules, customerRules } from './default-rules.ts';
import { createMapping } from './engine.ts';
import { UserMapping } from './mapping.ts';

export default defineModule({
  name: 'attribute-mapping',
  version: '0.1.0',
  host: '^1',
  sequence: ['scim', 'connection'],
  provides: [provide(UserMapping, {}, () => createMapping(customerRules, addressRules))],
});
