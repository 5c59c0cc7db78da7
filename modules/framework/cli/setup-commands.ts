import { Continuity } from '../continuity/continuity.ts';
import { Database, type MigrationStep, migrate, migrationStatus } from '../database/index.ts';
import { migrationSources } from '../host/migration-sources.ts';
import { type Command, command } from './command.ts';
import type { CliContext } from './context.ts';

const lines = (steps: readonly MigrationStep[]): string =>
  steps.map(({ module, name }) => `  ${module} ${name}`).join('\n');

/** `setup:upgrade`, `setup:db:status` and `setup:restored`. */
export function setupCommands(context: CliContext): readonly Command[] {
  return [
    command('setup:upgrade', {
      describe: 'Bring the tables up to date: run the migrations that have not run yet',
      async run() {
        const host = await context.boot([Database]);
        return { applied: await migrate(host.resolve(Database), migrationSources(host.inventory.modules)) };
      },
      print: ({ applied }) =>
        applied.length === 0 ? 'Everything was up to date.' : `${applied.length} migrations ran:\n${lines(applied)}`,
    }),
    command('setup:db:status', {
      describe: 'Compare code and tables; exit code 0 up to date, 2 upgrade needed, 1 mismatch',
      async run() {
        const host = await context.boot([Database]);
        const { pending, unknown, attached } = await migrationStatus(
          host.resolve(Database),
          migrationSources(host.inventory.modules),
        );
        const state = unknown.length > 0 ? 'mismatch' : pending.length > 0 ? 'upgrade-needed' : 'up-to-date';
        return { state, pending, unknown, ...(attached.length > 0 ? { attached } : {}) };
      },
      print({ state, pending, unknown, attached = [] }) {
        const whose =
          attached.length > 0
            ? ` The tables of ${attached.join(', ')} are another system's: they are only looked at.`
            : '';
        if (state === 'up-to-date') return `Everything is up to date.${whose}`;
        return state === 'mismatch'
          ? `The database is newer than the code, which does not know:\n${lines(unknown)}`
          : `Run setup:upgrade; these have not run:\n${lines(pending)}`;
      },
      exitCode: ({ state }) => ({ 'up-to-date': 0, mismatch: 1, 'upgrade-needed': 2 })[state] ?? 1,
    }),
    command('setup:restored', {
      describe:
        'Say that the database was brought back from a backup, before servers start: what waited in it is held (a dump is recognised without this)',
      run: async () => (await context.boot([Continuity])).resolve(Continuity).declare(),
      print: () => 'What waited in the backup is held: webhook:resume and mail:retry let it go.',
    }),
  ];
}
