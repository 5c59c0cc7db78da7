import { existsSync } from 'node:fs';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { hostRangeProblem } from '../boot/host-range.ts';
import { BootError, type Problem } from '../boot/problem.ts';
import { KERNEL } from '../boot/sequence.ts';
import type { ModuleManifest } from '../module/manifest.ts';
import { type InstalledModule, installedModules } from './installed-modules.ts';
import { answerPackages } from './package-imports.ts';
import { HOST_VERSION } from './version.ts';

/** The folders of an installation, and which modules lie in them. */
export interface Installation {
  /** Project folder: package.json, config/, var/. */
  readonly root: string;
  /** Every module that could be enabled, by name, with the file of its manifest. */
  available(): Promise<ReadonlyMap<string, URL>>;
  /** Names of the modules that `config/modules.json` switches on. */
  enabled(): Promise<readonly string[]>;
  /** Switches modules on or off in `config/modules.json`; the rest of the file stays. */
  switch(names: readonly string[], on: boolean): Promise<void>;
  /** Loads these manifests, all at once. @throws BootError that lists every one that is missing or cannot be loaded */
  load(names: readonly string[]): Promise<readonly ModuleManifest[]>;
}

/**
 * The installation whose code lies beside `entry` (the URL of server.ts, or of dist/server.js): modules are the folders
 * of `modules/` there, and the project's dependencies that say so in their package.json.
 */
export function installationAt(entry: string): Installation {
  const code = dirname(fileURLToPath(entry));
  const root = projectFolder(code);
  const switches = join(root, 'config', 'modules.json');

  /** A room of the project goes before a package of the same name. */
  async function found(): Promise<ReadonlyMap<string, Found>> {
    const [rooms, installed] = await Promise.all([roomsIn(join(code, 'modules')), installedModules(root)]);
    const packages = installed.map((module): [string, Found] => [module.name, { file: module.file, module }]);
    return new Map([...packages, ...rooms].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  async function readSwitches(): Promise<Record<string, boolean>> {
    const parsed: unknown = JSON.parse(await readFile(switches, 'utf8'));
    return (parsed as { modules?: Record<string, boolean> }).modules ?? {};
  }

  return {
    root,
    async available() {
      return new Map([...(await found())].map(([name, { file }]) => [name, file]));
    },
    async enabled() {
      const all = await readSwitches();
      return Object.keys(all).filter((name) => all[name] && name !== KERNEL);
    },
    async switch(names, on) {
      const modules = { ...(await readSwitches()), ...Object.fromEntries(names.map((name) => [name, on])) };
      // Written aside and renamed: a host that starts meanwhile reads the old file or the new one, never half of it.
      await writeFile(`${switches}.new`, `${JSON.stringify({ modules }, null, 2)}\n`);
      await rename(`${switches}.new`, switches);
    },
    async load(names) {
      const all = await found();
      if (names.some((name) => all.get(name)?.module)) answerPackages();
      const problems: Problem[] = [];
      const loaded = await Promise.all(names.map((name) => loadOne(name, all.get(name), problems)));
      if (problems.length > 0) throw new BootError(problems);
      return loaded.filter((module) => module !== undefined);
    },
  };
}

/** Where a module lies, and what its package says where it came as one. */
interface Found {
  readonly file: URL;
  readonly module?: InstalledModule;
}

async function loadOne(
  name: string,
  found: Found | undefined,
  problems: Problem[],
): Promise<ModuleManifest | undefined> {
  const refuse = (message: string, cure: string, cause?: unknown): undefined => {
    problems.push({ code: 'MODULE_LOAD', module: name, message, cure, cause });
  };
  if (!found) {
    return refuse(
      'is enabled in config/modules.json, and there is no such module.',
      `Install it, or run module:disable ${name}.`,
    );
  }
  const { file, module } = found;
  const outside =
    module && hostRangeProblem({ module: name, what: `package ${module.package}`, range: module.host }, HOST_VERSION);
  if (outside) {
    problems.push(outside);
    return undefined;
  }
  try {
    const { default: manifest } = (await import(file.href)) as { default?: ModuleManifest };
    if (manifest?.name === name) return manifest;
    return refuse(
      manifest ? `its manifest says "${manifest.name}".` : 'its module file has no default export.',
      `Export defineModule({ name: '${name}', … }) by default.`,
    );
  } catch (cause) {
    return refuse(`cannot be loaded: ${(cause as Error).message}`, 'Mend the file named here.', cause);
  }
}

async function roomsIn(folder: string): Promise<[string, Found][]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && entry.name !== KERNEL)
    .flatMap(({ name }): [string, Found][] => {
      const file = ['module.ts', 'module.js'].map((base) => join(folder, name, base)).find((path) => existsSync(path));
      return file === undefined ? [] : [[name, { file: pathToFileURL(file) }]];
    });
}

/** The nearest folder upwards with a package.json, so that dist/ belongs to the project around it. */
function projectFolder(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) return at;
    if (dirname(at) === at) return folder;
  }
}
