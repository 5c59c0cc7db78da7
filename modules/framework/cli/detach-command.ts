import { attachedModules, Catalogue, Database } from '../database/index.ts';
import { runningProcesses } from '../presence/running.ts';
import { type Trace, Traces } from '../trace/trace.ts';
import { type Command, command } from './command.ts';
import { type CliContext, CommandError } from './context.ts';

const ownTables = 'vestibule_';
/** Dropped last: while it is there, a detach that was cut off can be run again. */
const ledger = 'vestibule_migration';

interface Told {
  readonly name: string;
  readonly label: string;
  readonly found: readonly string[];
}

interface Detached {
  readonly done: boolean;
  /** What is taken out, or was. */
  readonly traces: readonly Told[];
  readonly tables: readonly string[];
  /** What stays: because it was asked for, or because it must. */
  readonly kept: readonly Told[];
}

/** `setup:detach`. */
export function detachCommands(context: CliContext): readonly Command[] {
  return [
    command('setup:detach', {
      describe:
        "Leave another system's database: take out everything that this host has put there. Without --yes it only says what that is",
      options: {
        yes: { type: 'boolean', describe: 'do it; there is no way back but a backup' },
        'keep-attributes': {
          type: 'boolean',
          describe: 'leave the customer attributes that were made here, with their values',
        },
        regardless: { type: 'boolean', describe: 'do it although servers are noted as running' },
      },
      async run({ yes = false, 'keep-attributes': keep = false, regardless = false }): Promise<Detached> {
        const host = await context.boot([Database, Catalogue, Traces]);
        const [database, catalogue] = [host.resolve(Database), host.resolve(Catalogue)];
        const tables = (await catalogue.tables()).filter((name) => name.startsWith(ownTables));
        if (((await attachedModules(database)) ?? []).length === 0) {
          if (database.dialect.tables && tables.length === 0) return { done: false, traces: [], tables, kept: [] };
          throw new CommandError(
            "This host made the store's tables itself, so there is nobody to leave them to. To be rid of it, drop the database.",
          );
        }
        if (yes && !regardless && tables.includes('vestibule_process')) await refuseWhileRunning(database);
        const traces = [...host.resolve(Traces)]
          .reverse()
          .filter(({ recordedIn }) => !recordedIn || tables.includes(recordedIn));
        const leaving = traces.filter(({ keptWith }) => !keep || keptWith !== 'keep-attributes');
        const told = await toldOf(leaving);
        const kept = await toldOf(traces.filter((trace) => !leaving.includes(trace)));
        if (!yes) return { done: false, traces: told, tables, kept };
        for (const trace of leaving) await trace.remove();
        const left = await toldOf(leaving);
        await catalogue.dropTables([...tables.filter((name) => name !== ledger), ledger]);
        return { done: true, traces: told, tables, kept: [...kept, ...left] };
      },
      print: (detached) => lines(detached),
    }),
  ];
}

async function refuseWhileRunning(database: Database): Promise<void> {
  const running = await runningProcesses(database);
  if (running.length === 0) return;
  throw new CommandError(
    `Servers of this host are noted as running (${running.join(', ')}): stop them first. Those of another machine that were killed are forgotten after a day; --regardless goes on without asking.`,
  );
}

async function toldOf(traces: readonly Trace[]): Promise<readonly Told[]> {
  const told: Told[] = [];
  for (const { name, label, found } of traces) told.push({ name, label, found: await found() });
  return told.filter((one) => one.found.length > 0);
}

function lines({ done, traces, tables, kept }: Detached): string {
  if (tables.length === 0) return 'Nothing of this host is in this database.';
  const list = ({ label, found }: Told): string =>
    `${label} (${found.length}):\n${found.map((line) => `  ${line}`).join('\n')}`;
  return [
    done ? 'Taken out:' : 'This would be taken out:',
    ...traces.map(list),
    `tables (${tables.length}): ${tables.join(', ')}`,
    ...(kept.length > 0 ? [done ? 'Left there:' : 'This would be left there:', ...kept.map(list)] : []),
    done
      ? 'Customers, customer groups and administrators’ own changes stay as they are. var/ holds the key and, in production, first-start.txt: remove it by hand.'
      : 'Nothing was changed. Stop every server and make a backup, then run it again with --yes.',
  ].join('\n');
}
