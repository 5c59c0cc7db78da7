// `npm test`: all test files in a few runs of mocha one after the other, because a process that has opened hundreds of hosts
// spends more and more of its time on its memory. With arguments it is one run of mocha with these.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const node = [
  ...['--max-semi-space-size=64', '--disable-proto=delete', '--no-experimental-require-module', '--import', 'tsx'],
  'node_modules/mocha/bin/mocha.js',
];
const parts = 4;
/** Begun first, each part some of them: whichever comes last has a processor to itself while the other one idles. */
const longest = [
  'start/start',
  'notification/onboarding',
  'provisioning/guard/killed',
  'provisioning/search/sort',
  'provisioning/guard/groups',
  'connection/command-line',
  'framework/host/process',
  'admin/every-page',
  'provisioning/shopper/sort',
  'conformance/commands',
  'browser/connections',
  'browser/saml/sign-in',
  'connection/admin/pages',
  'notification/customers',
  'provisioning/guard/parallel',
  'provisioning/guard/holding',
  'browser/reports',
  'browser/journeys',
  'browser/mapping',
  'conformance/suite',
  'provisioning/shopper/walk',
  'provisioning/search/walk',
  'conformance/faults',
  'attribute-mapping/version/versions',
  'provisioning/user/shared-file',
  'provisioning/admin/held-changes',
].map((name) => join('test', `${name}.test.ts`));

/** Runs mocha; answers its exit code and how many tests passed and failed. */
function mocha(given) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...node, ...given], { stdio: ['inherit', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      process.stdout.write(chunk);
    });
    const counted = (word) => Number(new RegExp(`^ *(\\d+) ${word}`, 'm').exec(text)?.[1] ?? 0);
    child.once('close', (code) =>
      resolve({ code: code ?? 1, passing: counted('passing'), failing: counted('failing') }),
    );
  });
}

const given = process.argv.slice(2);
if (given.length > 0) {
  process.exitCode = (await mocha(given)).code;
} else {
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && !/^(bench|campaign)\//.test(file))
    .sort()
    .map((file) => join('test', file));
  const gone = longest.filter((file) => !files.includes(file));
  if (gone.length > 0) throw new Error(`test/setup/run.mjs names files that are not there: ${gone.join(', ')}`);
  const ordered = [...longest, ...files.filter((file) => !longest.includes(file))];
  let [passing, failing] = [0, 0];
  for (let i = 0; i < parts; i++) {
    const part = await mocha(ordered.filter((_, index) => index % parts === i));
    passing += part.passing;
    failing += part.failing;
    // A run that broke off has failed, whatever it has counted.
    if (part.code !== 0) process.exitCode = 1;
    if (part.code !== 0 && part.failing === 0) failing++;
  }
  console.log(`\n  ${passing} passing in all`);
  if (failing > 0) console.log(`  ${failing} failing in all`);
}
