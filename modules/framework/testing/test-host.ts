import type { Override } from '../boot/inventory.ts';
import { type FieldValue, formatValue } from '../config/value.ts';
import { connect, type Database } from '../database/index.ts';
import type { Environment } from '../environment/environment.ts';
import { createHost } from '../host/create-host.ts';
import type { Host } from '../host/host.ts';
import { installationAt } from '../host/installation.ts';
import { type Logger, silentLogger } from '../log/logger.ts';
import type { ModuleManifest } from '../module/manifest.ts';
import type { Token } from '../module/token.ts';

export interface TestHostOptions {
  /** The modules under test. What their `sequence` needs and is not here comes from the installation, enabled or not. */
  readonly modules: readonly ModuleManifest[];
  /** Services replaced by these values. */
  readonly override?: readonly Override[];
  /** Configuration for the default scope, `{ 'section/group/field': value }`. */
  readonly config?: Readonly<Record<string, FieldValue>>;
  /** `sqlite` (in memory, the default), an address, or an open database, which then stays open. */
  readonly database?: 'sqlite' | Database | `mysql:${string}` | `sqlite:${string}`;
  readonly environment?: Partial<Environment>;
  /** Silent unless given. */
  readonly logger?: Logger;
}

export interface TestHost {
  readonly host: Host;
  resolve<T>(token: Token<T>): T;
  /** Listens on a free loopback port; start and first-start hooks run. Repeated calls answer the same. */
  listen(): Promise<{ readonly url: string }>;
  close(): Promise<void>;
}

const KEY = 'base64MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlBQkNERUY=';

/** Boots `modules` with only what they need, on a migrated database of their own, without logs. */
export async function createTestHost(options: TestHostOptions): Promise<TestHost> {
  const { database = 'sqlite' } = options;
  const environment: Environment = {
    host: '127.0.0.1',
    port: 0,
    baseUrl: 'http://vestibule.test',
    databaseUrl: 'sqlite::memory:',
    tablePrefix: '',
    cryptKeys: [KEY],
    nodeEnv: 'test',
    logLevel: 'silent',
    root: process.cwd(),
    configOverrides: Object.fromEntries(
      Object.entries(options.config ?? {}).map(([path, value]) => [
        `CONFIG__DEFAULT__${path.replaceAll('/', '__').toUpperCase()}`,
        formatValue(value),
      ]),
    ),
    ...options.environment,
    ...(typeof database === 'string' && database !== 'sqlite' ? { databaseUrl: database } : {}),
  };
  // The nesting check costs too much in production and finds what would hang there.
  const connected = typeof database === 'string' ? await connectFor(environment) : undefined;
  try {
    const host = await createHost({
      modules: await withSequence(options.modules),
      environment,
      logger: options.logger ?? silentLogger,
      override: options.override ?? [],
      database: connected ?? (database as Database),
      migrate: true,
    });
    let started: ReturnType<Host['listen']> | undefined;
    return {
      host,
      resolve: host.resolve,
      listen() {
        started ??= host.listen();
        return started;
      },
      async close() {
        await host.stop();
        await connected?.close();
      },
    };
  } catch (error) {
    await connected?.close();
    throw error;
  }
}

function connectFor({ databaseUrl, tablePrefix, root }: Environment): Promise<Database> {
  return connect({ url: databaseUrl, tablePrefix, root, detectNesting: true });
}

/** Adds the modules that others name in `sequence`, from the installation this file belongs to. */
async function withSequence(given: readonly ModuleManifest[]): Promise<readonly ModuleManifest[]> {
  const modules = new Map(given.map((module) => [module.name, module]));
  for (;;) {
    const named = new Set([...modules.values()].flatMap((module) => module.sequence ?? []));
    const found = await fromInstallation([...named].filter((name) => !modules.has(name)));
    if (found.length === 0) break;
    for (const module of found) modules.set(module.name, module);
  }
  return [...modules.values(), ...given.filter((module) => modules.get(module.name) !== module)];
}

/** Kept: an installation stays the same while tests run, and to look through it costs some hundred files. */
const looked = new Map<string, ModuleManifest | undefined>();

async function fromInstallation(names: readonly string[]): Promise<readonly ModuleManifest[]> {
  const unknown = names.filter((name) => !looked.has(name));
  if (unknown.length > 0) {
    const installation = installationAt(new URL('../../../server.ts', import.meta.url).href);
    const available = await installation.available();
    const loaded = await installation.load(unknown.filter((name) => available.has(name)));
    for (const name of unknown)
      looked.set(
        name,
        loaded.find((module) => module.name === name),
      );
  }
  return names.flatMap((name) => looked.get(name) ?? []);
}
