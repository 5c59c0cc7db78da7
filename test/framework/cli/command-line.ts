import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BootError,
  type Environment,
  type Installation,
  type ModuleManifest,
  runCli,
} from '../../../modules/framework/index.ts';
import { environment } from '../kernel.ts';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command line over these modules, with a database file of its own. */
export async function commandLine(
  modules: readonly ModuleManifest[],
  { enabled = modules.map(({ name }) => name), changes = {} as Partial<Environment> } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'vestibule-cli-'));
  const on = new Set(enabled);
  const installation: Installation = {
    root: folder,
    available: async () => new Map(modules.map(({ name }) => [name, new URL(`file:///${name}/module.ts`)])),
    enabled: async () => [...on],
    async switch(names, to) {
      for (const name of names) to ? on.add(name) : on.delete(name);
    },
    async load(names) {
      const missing = names.filter((name) => !modules.some((module) => module.name === name));
      if (missing.length > 0) {
        const problem = { code: 'MODULE_LOAD', message: 'is not there.', cure: '' } as const;
        throw new BootError(missing.map((module) => ({ ...problem, module })));
      }
      return modules.filter(({ name }) => names.includes(name));
    },
  };
  return {
    on,
    async run(...argv: string[]): Promise<Outcome> {
      let out = '';
      let err = '';
      const code = await runCli({
        argv,
        installation,
        readEnvironment: () => environment({ databaseUrl: `sqlite:${folder}/cli.sqlite`, root: folder, ...changes }),
        stdout(text) {
          out += text;
        },
        stderr(text) {
          err += text;
        },
      });
      return { code, out, err };
    },
    dispose: () => rm(folder, { recursive: true }),
  };
}
