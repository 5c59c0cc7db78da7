import { runTests } from './mocha.ts';

/** Runs the tests in the browser with the whole matrix of looks. */
export const browser = (): Promise<boolean> =>
  runTests(['--reporter', 'spec', 'test/browser/**/*.test.ts'], { BROWSER_MATRIX: 'all' });
