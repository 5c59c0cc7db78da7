import { defineModule, provide } from '../framework/index.ts';
import { selftestPages } from './admin/selftest-page.tsx';
import { selftest } from './selftest/command.ts';
import { rehearsalNeeds } from './selftest/room.ts';
import { createSelftests, Selftests } from './selftest/selftests.ts';
import { simulate } from './simulate/command.ts';

export default defineModule({
  name: 'conformance',
  version: '0.1.0',
  host: '^1',
  sequence: ['store', 'activity', 'connection', 'customer', 'provisioning'],
  optional: ['admin'],
  acl: { 'conformance::selftest': 'Run the conformance self-test, which makes and deletes users' },
  provides: [provide(Selftests, rehearsalNeeds, createSelftests)],
  routes: selftestPages,
  commands: [selftest, simulate],
});
