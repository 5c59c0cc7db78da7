import { parseArgs } from 'node:util';
import { areasNamed } from './checks/index.ts';
import { conformant, countByLevel, resultText } from './suite/report.ts';
import { runSuite } from './suite/run.ts';

const usage = `npm run conformance -- --base <SCIM base URL> --token <bearer token> [--only <area>]… [--json]

Tries what RFC 7643, RFC 7644 and RFC 9865 ask of a service provider. It makes users and groups of its own under random
names and deletes them again; it touches nothing else. Ends with 1 when a requirement of level MUST is not met.`;

/** Reads the parameters and runs the suite. Answers the exit code: 0, 1 a MUST failed, 2 wrong usage. */
async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      base: { type: 'string' },
      token: { type: 'string' },
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  if (values.base === undefined || values.token === undefined) throw new TypeError('--base and --token are needed.');
  const areas = areasNamed(values.only);
  const target = { base: values.base.replace(/\/+$/, ''), token: values.token };
  const result = await runSuite({ areas, target });
  const text = values.json ? JSON.stringify({ ...result, counts: countByLevel(result.verdicts) }) : resultText(result);
  process.stdout.write(`${text}\n`);
  return conformant(result) ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const misused = error instanceof TypeError && !('cause' in error && error.cause);
  const { message, cause } = error as Error;
  const why = cause instanceof Error ? ` (${cause.message || (cause as NodeJS.ErrnoException).code})` : '';
  process.stderr.write(`${message}${why}\n${misused || error instanceof RangeError ? `\n${usage}\n` : ''}`);
  process.exitCode = misused || error instanceof RangeError ? 2 : 1;
}
