import { runTests } from './mocha.ts';

const files = [
  'test/provisioning/search/filter-oracle.test.ts',
  'test/provisioning/search/sort.test.ts',
  'test/provisioning/search/walk.test.ts',
];
/** Filters that `npm test` tries on each engine. */
const usual = 300;

/**
 * Random filters, on SQLite, MariaDB and the reference interpreter; sorts, pages and the long walks in proportion. With
 * 100,000 filters it takes about an hour.
 */
export const filters = (rounds = 100_000): Promise<boolean> =>
  runTests(['--require', 'test/setup/databases.ts', '--timeout', '0', ...files], {
    RUNS_FACTOR: String(rounds / usual),
  });
