import type { Inventory } from '../boot/inventory.ts';
import { BootError, type Problem } from '../boot/problem.ts';
import { DatabaseError } from '../database/index.ts';
import { migrationFiles } from '../database/migration/files.ts';
import { createHost } from '../host/create-host.ts';
import { loadEach } from '../host/load-each.ts';
import { migrationSources } from '../host/migration-sources.ts';
import { silentLogger } from '../log/logger.ts';
import type { ModuleManifest } from '../module/manifest.ts';
import { type Command, command } from './command.ts';
import type { CliContext } from './context.ts';

type Fault = Omit<Problem, 'cause'>;

/**
 * `setup:di:compile`, Magento's name for its last look before a release. There is nothing to generate here: the whole
 * boot is made once, on an empty database in memory, so that the installation's own is not even asked.
 */
export function wiringCommands(context: CliContext): readonly Command[] {
  return [
    command('setup:di:compile', {
      describe:
        'Check how all enabled modules fit together, without touching the database; exit code 1 where they do not',
      async run() {
        const { installation } = context;
        const { loaded, problems } = await loadEach(installation, await installation.enabled());
        const tried = await tryBoot(context, loaded);
        // Who needs a module that cannot be loaded is a consequence.
        const others =
          problems.length > 0 ? tried.problems.filter(({ code }) => code !== 'MODULE_MISSING') : tried.problems;
        const faults = [...problems, ...others].map(
          ({ module, code, message, cure }): Fault => ({ module, code, message, cure }),
        );
        return { modules: loaded.length, checked: tried.checked, problems: faults };
      },
      print({ modules, checked, problems }) {
        if (!checked || problems.length > 0) {
          const count = `${problems.length} ${problems.length === 1 ? 'problem' : 'problems'} in ${modules} modules`;
          return `${problems.map(paragraph).join('\n')}\n${count}: the host does not start with them.`;
        }
        const lines = Object.entries(checked).map(
          ([what, { number, told }]) => `  ${String(number).padStart(5)}  ${what}: ${told}`,
        );
        return [
          'Checked:',
          ...lines,
          'Everything fits together. Nothing was generated, and the database was not touched.',
        ].join('\n');
      },
      exitCode: ({ problems }) => (problems.length > 0 ? 1 : 0),
    }),
  ];
}

async function tryBoot(
  context: CliContext,
  modules: readonly ModuleManifest[],
): Promise<{ problems: readonly Problem[]; checked?: Checked }> {
  const environment = { ...context.environment(), databaseUrl: 'sqlite::memory:' };
  try {
    const host = await createHost({ modules, environment, logger: silentLogger, migrate: true });
    await host.stop();
    return { problems: [], checked: await countsOf(host.inventory) };
  } catch (error) {
    return { problems: problemsOf(error) };
  }
}

/** @throws what is no fault of a module */
function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof BootError) return error.problems;
  if (!(error instanceof DatabaseError)) throw error;
  const [, module = 'framework'] = /^Module ([a-z0-9-]+)/.exec(error.message) ?? [];
  const cure = 'Mend the migration; an empty SQLite database in memory shows the fault.';
  return [{ code: 'MIGRATION_FAILED', module, message: `${error.message}.`, cure, cause: error }];
}

type Checked = Readonly<Record<string, { readonly number: number; readonly told: string }>>;

async function countsOf(inventory: Inventory): Promise<Checked> {
  const { modules, providers, contributions, plugins, observers, routes, commands, hooks, sections, acl } = inventory;
  const many = (groups: ReadonlyMap<string, readonly unknown[]>): number => [...groups.values()].flat().length;
  const files = await Promise.all(migrationSources(modules).map((source) => migrationFiles(source)));
  const fields = [...sections.values()].flatMap(({ item }) => Object.keys(item.fields));
  return {
    modules: { number: modules.length, told: 'loaded, made for this host, in an order without circles' },
    services: { number: providers.size, told: 'made once, each after what it asks for' },
    contributions: {
      number: many(contributions),
      told: `to ${contributions.size} extension points of modules that come before`,
    },
    plugins: {
      number: many(plugins),
      told: `on methods of ${plugins.size} ${plugins.size === 1 ? 'service' : 'services'}`,
    },
    observers: { number: many(observers), told: `of ${observers.size} events` },
    routes: {
      number: routes.length,
      told: `found by their first word; ${acl.size} access resources, each declared by its module`,
    },
    commands: { number: commands.length, told: 'of names that nobody else has' },
    hooks: { number: hooks.length, told: 'for start, stop and the first start' },
    fields: {
      number: fields.length,
      told: `in ${sections.size} sections of the configuration; defaults and overrides fit`,
    },
    migrations: { number: files.flat().length, told: 'run from nothing, in memory' },
  };
}

const paragraph = ({ module, code, message, cure }: Fault): string => `${module}: ${message} [${code}]\n  → ${cure}\n`;
