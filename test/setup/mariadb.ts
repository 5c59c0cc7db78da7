import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { access, constants, mkdir, mkdtemp, readFile, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { canInstallPackages, findProgram, installPackages } from './apt.ts';
import { freePort } from './free-port.ts';

/** A private MariaDB server on a loopback port, its data in a folder of its own. */
export interface MariadbServer {
  /** `mysql://root:…@127.0.0.1:port`, without a database. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Kills the server at once, as a crash would. Its data stays. */
  kill(): Promise<void>;
  /** Starts the server again after `kill`, on the same port and data. */
  restart(): Promise<void>;
  /** Stops the server and removes its data. */
  stop(): Promise<void>;
}

/** Hundreds of databases of a hundred tables each: making and dropping them is most of what a test server does. */
const cheapTables = [
  '--innodb-file-per-table=0',
  // What the planner knows of a table is kept in memory: a third less per table. Looked at as closely as on disk.
  '--innodb-stats-persistent=OFF',
  '--innodb-stats-transient-sample-pages=20',
];

const running = new Set<{ child: ChildProcess | undefined; folder: string }>();

export interface MariadbOptions {
  /** Memory for InnoDB's pages, in MiB. Tests need little; measurements want the data to fit. */
  readonly bufferPool?: number;
  /** False for a server that is measured: it keeps its tables and what it knows of them as servers do. */
  readonly throwaway?: boolean;
  /** Where the data goes. */
  readonly root?: string;
}

/** Starts a server, after installing MariaDB where that is possible. */
export async function startMariadb({
  bufferPool = 128,
  throwaway = true,
  root,
}: MariadbOptions = {}): Promise<MariadbServer> {
  const program = await mariadbProgram();
  const folder = await mkdtemp(join(root ?? (await dataRoot()), 'vestibule-mariadb-'));
  const sizes = [`--innodb-buffer-pool-size=${bufferPool}M`, ...(throwaway ? cheapTables : [])];
  const server = { child: undefined as ChildProcess | undefined, folder };
  running.add(server);
  cleanUpAtExit();
  try {
    await installTables(folder);
    const port = await freePort();
    server.child = await launch(program, folder, port, sizes);
    return {
      url: `mysql://root@127.0.0.1:${port}`,
      port,
      get pid() {
        return server.child?.pid ?? 0;
      },
      kill: () => ended(server.child, 'SIGKILL'),
      restart: async () => {
        server.child = await launch(program, folder, port, sizes);
      },
      stop: async () => {
        // The data is thrown away: there is nothing to flush.
        await ended(server.child, 'SIGKILL');
        running.delete(server);
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await ended(server.child, 'SIGKILL');
    running.delete(server);
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** The server's program, installed first where it is missing and that is possible. Says what to install otherwise. */
export async function mariadbProgram(): Promise<string> {
  const found = (await findProgram('mariadbd')) ?? (await findProgram('mysqld'));
  if (found !== undefined) return found;
  let said = '';
  if (await canInstallPackages()) {
    console.error('MariaDB is missing; installing it with apt-get (once) …');
    try {
      await installPackages('mariadb-server');
    } catch (error) {
      said = ` (${error instanceof Error ? error.message : String(error)})`;
    }
    const installed = await findProgram('mariadbd');
    if (installed !== undefined) return installed;
  }
  throw new Error(
    `The tests run on MariaDB as well, and there is none${said}: install mariadb-server 10.6 or later (apt-get install ` +
      'mariadb-server, brew install mariadb), or set TEST_MYSQL_URL=mysql://user:password@host:port to a server where ' +
      'databases may be created and dropped, or say VESTIBULE_TEST_ENGINES=sqlite to leave it out',
  );
}

/** Memory when there is room (as a disk it is quicker), else the system's temporary folder. */
export async function dataRoot(): Promise<string> {
  try {
    await access('/dev/shm', constants.W_OK);
    const { bavail, bsize } = await statfs('/dev/shm');
    if (bavail * bsize > 1024 ** 3) return '/dev/shm';
  } catch {
    // Not Linux, or not ours to write.
  }
  return tmpdir();
}

async function installTables(folder: string): Promise<void> {
  const program = (await findProgram('mariadb-install-db')) ?? (await findProgram('mysql_install_db'));
  if (program === undefined) throw new Error('mariadb-install-db is missing; it belongs to mariadb-server');
  const parameters = ['--no-defaults', `--datadir=${join(folder, 'data')}`, '--auth-root-authentication-method=normal'];
  await promisify(execFile)(program, [...parameters, '--skip-test-db', ...asRoot()]);
}

/** mariadbd refuses to run as root unless told to. */
const asRoot = () => (process.getuid?.() === 0 ? ['--user=root'] : []);

async function launch(program: string, folder: string, port: number, sizes: readonly string[]): Promise<ChildProcess> {
  const log = join(folder, 'vestibule.err');
  // A server that starts clears its folder for temporary tables: in a shared one, another server would lose its own.
  const temporary = join(folder, 'temporary');
  await mkdir(temporary, { recursive: true });
  const child = spawn(
    program,
    [
      '--no-defaults',
      `--datadir=${join(folder, 'data')}`,
      `--tmpdir=${temporary}`,
      '--skip-networking=0',
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      `--socket=${join(folder, 's')}`,
      `--pid-file=${join(folder, 'pid')}`,
      `--log-error=${log}`,
      '--innodb-flush-log-at-trx-commit=0',
      ...sizes,
      '--innodb-log-file-size=48M',
      '--innodb-fast-shutdown=2',
      '--performance-schema=OFF',
      '--skip-name-resolve',
      '--skip-log-bin',
      '--max-connections=400',
      ...asRoot(),
    ],
    { stdio: 'ignore' },
  );
  child.unref();
  const deadline = Date.now() + 60_000;
  while (!(await readFile(log, 'utf8').catch(() => '')).includes('ready for connections')) {
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
      const said = await readFile(log, 'utf8').catch(() => '');
      child.kill('SIGKILL');
      throw new Error(`mariadbd did not start: ${said.trim().split('\n').slice(-3).join(' | ')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  // A later start must not take this one's line for its own.
  rmSync(log, { force: true });
  return child;
}

function ended(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.ref();
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

let watching = false;

/** A test run that ends any other way must not leave a server behind. */
function cleanUpAtExit(): void {
  if (watching) return;
  watching = true;
  process.on('exit', () => {
    for (const { child, folder } of running) {
      child?.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    }
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(1));
  }
}
