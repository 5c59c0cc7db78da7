import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

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
export async function filters(rounds = 100_000): Promise<boolean> {
  const mocha = ['node_modules/mocha/bin/mocha.js', '--no-config', '--extension', 'ts', '--timeout', '0'];
  const child = spawn(
    process.execPath,
    [
      ...['--disable-proto=delete', '--no-experimental-require-module', '--import', 'tsx'],
      ...[...mocha, '--require', 'test/setup/databases.ts', ...files],
    ],
    {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      env: { ...process.env, RUNS_FACTOR: String(rounds / usual) },
      stdio: 'inherit',
    },
  );
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return code === 0;
}
