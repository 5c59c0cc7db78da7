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
  const size = Math.ceil(files.length / parts);
  let [passing, failing] = [0, 0];
  for (let from = 0; from < files.length; from += size) {
    const part = await mocha(files.slice(from, from + size));
    passing += part.passing;
    failing += part.failing;
    // A run that broke off has failed, whatever it has counted.
    if (part.code !== 0) process.exitCode = 1;
    if (part.code !== 0 && part.failing === 0) failing++;
  }
  console.log(`\n  ${passing} passing in all`);
  if (failing > 0) console.log(`  ${failing} failing in all`);
}
