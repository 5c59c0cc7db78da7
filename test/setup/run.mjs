// `npm test`: all test files in a few runs of mocha one after the other, because a process that has opened hundreds of hosts
// spends more and more of its time on its memory. With arguments it is one run of mocha with these.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
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

/** Makes what all runs share; answers the variables that name it, and how to take it away. */
async function setStage() {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/setup/stage.ts'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const [line] = await Promise.race([once(child.stdout, 'data'), ended.then(() => [])]);
  if (line === undefined) throw new Error('The tests could not be prepared; what went wrong is said above.');
  const strike = async () => {
    child.stdin.end();
    await ended;
  };
  return { variables: JSON.parse(String(line)), strike };
}

/** Runs mocha; answers its exit code and how many tests passed and failed. */
function mocha(given, variables = {}) {
  return new Promise((resolve) => {
    const env = { ...process.env, ...variables };
    const child = spawn(process.execPath, [...node, ...given], { stdio: ['inherit', 'pipe', 'inherit'], env });
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
  const files = ['test', 'examples']
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
    .filter((file) => file.endsWith('.test.ts') && !/(^test\/(bench|campaign)|node_modules)\//.test(file))
    .sort();
  const gone = longest.filter((file) => !files.includes(file));
  if (gone.length > 0) throw new Error(`test/setup/run.mjs names files that are not there: ${gone.join(', ')}`);
  const ordered = [...longest, ...files.filter((file) => !longest.includes(file))];
  let [passing, failing] = [0, 0];
  const stage = await setStage();
  for (let i = 0; i < parts; i++) {
    const part = await mocha(
      ordered.filter((_, index) => index % parts === i),
      stage.variables,
    );
    passing += part.passing;
    failing += part.failing;
    // A run that broke off has failed, whatever it has counted.
    if (part.code !== 0) process.exitCode = 1;
    if (part.code !== 0 && part.failing === 0) failing++;
  }
  await stage.strike();
  console.log(`\n  ${passing} passing in all`);
  if (failing > 0) console.log(`  ${failing} failing in all`);
}
