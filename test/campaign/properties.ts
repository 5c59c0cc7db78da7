import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const files = [
  'test/scim/**/*.test.ts',
  'test/attribute-mapping/**/*.test.ts',
  'test/connection/token-text.test.ts',
  'test/connection/authorization-header.test.ts',
];

/** Runs the property tests with `factor` times their usual number of random inputs (200: 100,000 for the widest). */
export async function properties(factor = 200): Promise<boolean> {
  const mocha = ['node_modules/mocha/bin/mocha.js', '--no-config', '--extension', 'ts', '--timeout', '0', ...files];
  const child = spawn(
    process.execPath,
    ['--disable-proto=delete', '--no-experimental-require-module', '--import', 'tsx', ...mocha],
    {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      env: { ...process.env, RUNS_FACTOR: String(factor) },
      stdio: 'inherit',
    },
  );
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return code === 0;
}
