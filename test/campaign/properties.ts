import { runTests } from './mocha.ts';

const files = [
  'test/scim/**/*.test.ts',
  'test/attribute-mapping/**/*.test.ts',
  'test/provisioning/mapped/combinations.test.ts',
  'test/activity/tampering.test.ts',
  'test/connection/token-text.test.ts',
  'test/connection/authorization-header.test.ts',
  'test/conformance/faults.test.ts',
  'test/provisioning/sign-in/merge.test.ts',
  'test/saml/claims/*.test.ts',
];

/** Runs the property tests with `factor` times their usual number of random inputs (200: 100,000 for the widest), and every planted fault. */
export const properties = (factor = 200): Promise<boolean> =>
  runTests(['--require', 'test/setup/databases.ts', '--timeout', '0', ...files], { RUNS_FACTOR: String(factor) });
