import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort, startScript, stopped, type Target } from './targets/process.ts';

export type { Target } from './targets/process.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Waits until the server is ready; one that ended has said why on stderr. */
async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let i = 0; i < 200 && child.exitCode === null; i++) {
    const ready = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await stopped(child);
  throw new Error(`the server at ${url} did not become ready within 10 s, or ended`);
}

/** Starts the compiled host on a database, with a connection of its own: `code` must be new there. */
export async function startVestibule(name: string, databaseUrl: string, code = 'bench'): Promise<Target> {
  const port = await freePort();
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    NODE_ENV: 'production',
    CRYPT_KEY: '0123456789abcdef0123456789abcdef',
    // No client of a store is as fast as a benchmark.
    CONFIG__DEFAULT__CONNECTION__LIMITS__REQUESTS_PER_SECOND: '0',
    // Sealing the record runs beside requests, at its own time: whose request it would be counted to is chance.
    CONFIG__DEFAULT__ACTIVITY__JOBS__BACKGROUND: '0',
  };
  const child = spawn(process.execPath, ['--disable-proto=delete', 'dist/server.js'], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  await answers(url, child);
  const cli = ['dist/cli.js', 'connection:create', '--code', code, '--name', 'Bench', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, cli, { cwd: root, env });
  const { token } = JSON.parse(stdout) as { token: string };
  // A group stands for a customer group where the store has one of its name, as the phases want it.
  await promisify(execFile)(process.execPath, ['dist/cli.js', 'connection:set', '--code', code, '--groups', 'match'], {
    cwd: root,
    env,
  });
  return { name, url, token, pid: child.pid ?? 0, stop: () => stopped(child) };
}

/** Starts the floor server on a database whose tables and attributes exist. */
export const startFloor = (
  name: string,
  databaseUrl: string,
  attributes: Readonly<Record<string, number>>,
): Promise<Target> =>
  startScript(name, fileURLToPath(new URL('./floor/server.mjs', import.meta.url)), {
    DATABASE_URL: databaseUrl,
    FLOOR_ATTRIBUTES: JSON.stringify(attributes),
  });
