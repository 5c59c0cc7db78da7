import { type ChildProcess, execFile, fork, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A server under measurement. */
export interface Target {
  readonly name: string;
  readonly url: string;
  readonly token: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const stopped = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null) resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function answers(url: string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const ready = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} did not become ready within 10 s`);
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
  };
  const child = spawn(process.execPath, ['--disable-proto=delete', 'dist/server.js'], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  await answers(url);
  const cli = ['dist/cli.js', 'connection:create', '--code', code, '--name', 'Bench', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, cli, { cwd: root, env });
  const { token } = JSON.parse(stdout) as { token: string };
  return { name, url, token, pid: child.pid ?? 0, stop: () => stopped(child) };
}

/** Starts the floor server on a database whose tables and attributes exist. */
export async function startFloor(
  name: string,
  databaseUrl: string,
  attributes: Readonly<Record<string, number>>,
): Promise<Target> {
  const token = 'floor-token';
  const child = fork(fileURLToPath(new URL('./floor.mjs', import.meta.url)), {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      FLOOR_TOKEN: token,
      FLOOR_ATTRIBUTES: JSON.stringify(attributes),
      NODE_ENV: 'production',
    },
    execArgv: [],
  });
  const { url } = await new Promise<{ url: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { url: string }));
    child.once('exit', (code) => reject(new Error(`the floor server ended with ${code}`)));
  });
  return { name, url, token, pid: child.pid ?? 0, stop: () => stopped(child) };
}
