import {
  BootError,
  createHost,
  type Database,
  defineModule,
  type Environment,
  type Host,
  type HostOptions,
  type ModuleManifest,
  type Problem,
  silentLogger,
} from '../../modules/framework/index.ts';

/** An environment that nothing outside the tests can change. */
export function environment(changes: Partial<Environment> = {}): Environment {
  return {
    host: '127.0.0.1',
    port: 0,
    baseUrl: 'http://vestibule.test',
    databaseUrl: 'sqlite::memory:',
    tablePrefix: '',
    cryptKeys: ['0123456789abcdef0123456789ABCDEF'],
    nodeEnv: 'test',
    logLevel: 'silent',
    root: '/nowhere',
    configOverrides: {},
    ...changes,
  };
}

/** Stands where a boot needs a database and never asks it. */
export const noDatabase = { close: async () => {} } as unknown as Database;

/** A manifest with a name and what the test is about. */
export function room(name: string, rest: Partial<ModuleManifest> = {}): ModuleManifest {
  return defineModule({ name, version: '1.0.0', ...rest });
}

export function boot(modules: readonly ModuleManifest[], options: Partial<HostOptions> = {}): Promise<Host> {
  return createHost({ modules, environment: environment(), logger: silentLogger, database: noDatabase, ...options });
}

/** The problems that keep these modules from starting. */
export async function problemsOf(
  modules: readonly ModuleManifest[],
  options: Partial<HostOptions> = {},
): Promise<readonly Problem[]> {
  try {
    await boot(modules, options);
  } catch (error) {
    if (error instanceof BootError) return error.problems;
    throw error;
  }
  throw new Error('the host started');
}
