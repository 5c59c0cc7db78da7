import { readEnvironment } from './config/environment.ts';
import { installationAt, runCli } from './modules/framework/index.ts';

process.exitCode = await runCli({
  argv: process.argv.slice(2),
  installation: installationAt(import.meta.url),
  readEnvironment,
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
});
