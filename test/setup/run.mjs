// `npm test`: all test files in one run of mocha, the longest first. With arguments it is a run of mocha with these.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const node = [
  ...['--max-semi-space-size=64', '--disable-proto=delete', '--no-experimental-require-module', '--import', 'tsx'],
  'node_modules/mocha/bin/mocha.js',
];
/** Begun first: whichever comes last has a processor to itself while the other one idles. */
const longest = [
  'start/start',
  'operations/replicas',
  'docs/module-guide',
  'notification/onboarding',
  'provisioning/guard/killed',
  'provisioning/search/sort',
  'provisioning/guard/groups',
  'connection/command-line',
  'framework/host/process',
  'admin/every-page',
  'provisioning/shopper/sort',
  'conformance/commands',
  'browser/journeys/store-administrator',
  'browser/connections',
  'browser/saml/sign-in',
  'connection/admin/pages',
  'notification/customers',
  'provisioning/guard/parallel',
  'provisioning/guard/holding',
  'operations/restore',
  'browser/reports',
  'browser/administrators',
  'browser/journeys/identity-administrator',
  'browser/journeys/module-developer',
  'browser/mapping',
  'conformance/suite',
  'provisioning/shopper/walk',
  'provisioning/search/walk',
  'conformance/faults',
  'attribute-mapping/version/versions',
  'provisioning/user/shared-file',
  'provisioning/admin/held-changes',
].map((name) => join('test', `${name}.test.ts`));

function everything() {
  const files = ['test', 'examples']
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
    .filter((file) => file.endsWith('.test.ts') && !/(^test\/(bench|campaign)|node_modules)\//.test(file))
    .sort();
  const gone = longest.filter((file) => !files.includes(file));
  if (gone.length > 0) throw new Error(`test/setup/run.mjs names files that are not there: ${gone.join(', ')}`);
  return [...longest, ...files.filter((file) => !longest.includes(file))];
}

const given = process.argv.slice(2);
const child = spawn(process.execPath, [...node, ...(given.length > 0 ? given : everything())], { stdio: 'inherit' });
child.once('close', (code) => {
  process.exitCode = code ?? 1;
});
