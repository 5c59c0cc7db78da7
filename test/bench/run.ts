import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { captureBench } from './capture.ts';
import { compare } from './compare.ts';
import { type BenchOptions, readOptions } from './options.ts';
import { samlBench } from './saml.ts';
import { checkScale } from './scale/check.ts';
import { webhooksBench } from './webhooks.ts';

/**
 * `npm run bench`: what a request costs next to the floor (compare.ts), what it reads in a small and in a large store
 * (`--scale`, scale/check.ts), what a SAML login costs next to its signature checks (`--saml`, saml.ts), or how long after
 * its commit a change is told to a receiver (`--webhooks`, webhooks.ts). All but `--saml` run the compiled host.
 */
async function main(): Promise<boolean> {
  let options: BenchOptions;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
    return true;
  }
  if (options.capture) return captureBench();
  execFileSync(process.execPath, [fileURLToPath(new URL('../../scripts/compile.mjs', import.meta.url))], {
    stdio: 'inherit',
  });
  if (options.saml) return samlBench();
  if (options.webhooks) return webhooksBench();
  return options.scale === undefined ? compare(options) : checkScale(options.scale, options.write);
}

if (!(await main())) process.exitCode = 1;
