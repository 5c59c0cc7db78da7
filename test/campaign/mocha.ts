import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const node = [
  ...['--disable-proto=delete', '--no-experimental-require-module', '--import', 'tsx'],
  ...['node_modules/mocha/bin/mocha.js', '--no-config', '--extension', 'ts'],
];

/** Runs test files in one process, with an environment that makes them do more than `npm test` asks of them. */
export async function runTests(parameters: readonly string[], environment: Record<string, string>): Promise<boolean> {
  const child = spawn(process.execPath, [...node, ...parameters], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    env: { ...process.env, ...environment },
    stdio: 'inherit',
  });
  return (await new Promise<number | null>((resolve) => child.once('exit', resolve))) === 0;
}
