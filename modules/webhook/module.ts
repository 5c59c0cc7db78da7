import { defineModule } from '../framework/index.ts';

export default defineModule({
  name: 'webhook',
  version: '0.1.0',
  host: '^1',
  sequence: ['store', 'customer', 'connection', 'change-capture'],
  optional: ['admin'],
});
