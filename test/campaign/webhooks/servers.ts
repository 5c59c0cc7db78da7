import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '../../bench/targets/process.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The compiled host on one database, by any number of processes. */
export interface Servers {
  /** Runs a command, and answers what it printed as JSON. */
  command<T>(...words: readonly string[]): Promise<T>;
  start(): Promise<Server>;
}

export interface Server {
  readonly url: string;
  readonly child: ChildProcess;
  /** SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; answers how many milliseconds it took to end, and with what. */
  stop(): Promise<{ readonly ms: number; readonly code: number | null }>;
}

export function serversOn(databaseUrl: string, more: Readonly<Record<string, string>>): Servers {
  const env = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    NODE_ENV: 'production',
    CRYPT_KEY: '0123456789abcdef0123456789abcdef',
    LOG_LEVEL: 'error',
    ...more,
  };
  return {
    async command<T>(...words: readonly string[]) {
      const { stdout } = await promisify(execFile)(process.execPath, ['dist/cli.js', ...words, '--json'], {
        cwd: root,
        env,
      });
      return JSON.parse(stdout) as T;
    },
    async start() {
      const port = String(await freePort());
      const child = spawn(process.execPath, ['--disable-proto=delete', 'dist/server.js'], {
        cwd: root,
        env: { ...env, PORT: port },
        // What the host says of errors belongs to the report.
        stdio: ['ignore', process.env.CAMPAIGN_LOG ? 'inherit' : 'ignore', 'inherit'],
      });
      const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
      const url = `http://127.0.0.1:${port}`;
      await ready(`${url}/health/ready`, child);
      return {
        url,
        child,
        async kill() {
          child.kill('SIGKILL');
          await gone;
        },
        async stop() {
          const began = Date.now();
          child.kill('SIGTERM');
          return { code: await gone, ms: Date.now() - began };
        },
      };
    },
  };
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  for (let i = 0; i < 400 && child.exitCode === null; i++) {
    const ok = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the server at ${url} did not become ready within 20 s, or ended`);
}
