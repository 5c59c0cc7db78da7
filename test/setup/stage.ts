// What all runs of mocha share, for `test/setup/run.mjs`: makes it, says in one line of JSON which variables name it, and takes
// it away when its input ends.
import { once } from 'node:events';
import { mochaGlobalSetup, mochaGlobalTeardown } from './shared-server.ts';

const before = new Set(Object.keys(process.env));
await mochaGlobalSetup();
const made = Object.entries(process.env).filter(([name]) => !before.has(name));
process.stdout.write(`${JSON.stringify(Object.fromEntries(made))}\n`);
process.stdin.resume();
await once(process.stdin, 'end');
await mochaGlobalTeardown();
