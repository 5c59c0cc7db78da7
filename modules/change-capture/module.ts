import { defineModule } from '../framework/index.ts';

export default defineModule({
  name: 'change-capture',
  version: '0.1.0',
  host: '^1',
  sequence: ['customer'],
});
