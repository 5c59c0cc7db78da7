import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs the tests in the browser with the whole matrix of looks. */
export function browser(): Promise<boolean> {
  const project = fileURLToPath(new URL('../../', import.meta.url));
  const mocha = [
    '--disable-proto=delete',
    '--no-experimental-require-module',
    '--import',
    'tsx',
    'node_modules/mocha/bin/mocha.js',
  ];
  const parameters = ['--reporter', 'spec', '--spec', 'test/browser/**/*.test.ts'];
  const child = spawn(process.execPath, [...mocha, '--no-config', '--extension', 'ts', ...parameters], {
    cwd: project,
    stdio: 'inherit',
    env: { ...process.env, BROWSER_MATRIX: 'all' },
  });
  return new Promise((resolve) => {
    child.on('close', (code) => resolve(code === 0));
  });
}
