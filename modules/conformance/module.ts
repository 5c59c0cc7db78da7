import { defineModule } from '../framework/index.ts';
import { selftest } from './selftest/command.ts';
import { simulate } from './simulate/command.ts';

export default defineModule({
  name: 'conformance',
  version: '0.1.0',
  host: '^1',
  sequence: ['store', 'activity', 'connection', 'customer', 'provisioning'],
  commands: [selftest, simulate],
});
