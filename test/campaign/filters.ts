import { runTests } from './mocha.ts';

const files = [
  'test/provisioning/search/filter-oracle.test.ts',
  'test/provisioning/search/sort.test.ts',
  'test/provisioning/search/walk.test.ts',
];
/** Filters that `npm test` tries on each engine. */
const usual = 300;

/**
 * Random filters, on SQLite, MariaDB and the reference interpreter; sorts, pages and the long walks in proportion. The
 * engines run side by side, each in a process of its own.
 */
export async function filters(rounds = 100_000): Promise<boolean> {
  const passed = await Promise.all(
    ['sqlite', 'mysql'].map((engine) =>
      runTests(['--require', 'test/setup/databases.ts', '--timeout', '0', ...files], {
        RUNS_FACTOR: String(rounds / usual),
        VESTIBULE_TEST_ENGINES: engine,
      }),
    ),
  );
  return passed.every(Boolean);
}
