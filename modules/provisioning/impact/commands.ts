import { Connections } from '../../connection/index.ts';
import { CommandError, type CommandIo, command, Database, operator, UsageError } from '../../framework/index.ts';
import { connectionOption, whichOf, whichOptions } from '../preview/options.ts';
import { columns, plain } from '../preview/print.ts';
import { Trials } from '../preview/trials.ts';
import { impactCsv, impactCsvHead } from './csv.ts';
import { type ImpactedCustomer, type ImpactProgress, type ImpactSummary, MappingImpact } from './impact.ts';
import { type MappingRun, MappingRuns } from './mapping-run.ts';

/** A long run says how far it is, once a second. */
const tellEvery = 1_000;

function teller(io: CommandIo): (progress: ImpactProgress) => void {
  let told = Date.now();
  return ({ done, total }) => {
    if (Date.now() - told < tellEvery) return;
    told = Date.now();
    io.tell(`${done} of ${total} customers …\n`);
  };
}

/** What `mapping:impact` answers: the counts, and the first of the customers that fail. */
type Impact = ImpactSummary & { readonly failures: readonly ImpactedCustomer[] };
const shownFailures = 20;

const impactCommand = command('mapping:impact', {
  describe: 'Count what a mapping would change in the customers that a connection manages; nothing is written',
  options: {
    connection: connectionOption,
    ...whichOptions,
    csv: { type: 'boolean', describe: 'Every change as CSV that is safe to open in a spreadsheet' },
  },
  inject: { database: Database, connections: Connections, impact: MappingImpact, trials: Trials },
  async run(options, { database, connections, impact, trials }, io): Promise<Impact> {
    const { csv = false } = options;
    if (csv && io.json) throw new UsageError('Give --csv or --json, not both.');
    const connection = await connections.byCode(database, options.connection);
    const mapping = await trials.mapping(connection, whichOf(options));
    const tell = teller(io);
    const failures: ImpactedCustomer[] = [];
    if (csv) io.write(impactCsvHead);
    for await (const event of impact.run(connection, mapping)) {
      if (event.kind === 'summary') return { ...event, failures };
      if (event.kind === 'progress') tell(event);
      else {
        if (csv) io.write(impactCsv(event));
        if (event.outcome === 'fails' && failures.length < shownFailures) failures.push(event);
      }
    }
    throw new CommandError('The run ended without a summary; the log tells more.');
  },
  print: (impact, { csv }) => (csv ? undefined : impactText(impact)),
});

function impactText({ total, changes, same, fails, deactivated, activated, targets, failures }: Impact): string {
  const counts = Object.entries(targets).sort(([, a], [, b]) => b - a);
  return [
    `${changes} of ${total} linked customers would change, ${same} would stay as they are, ${fails} would fail. Nothing was written.`,
    ...(deactivated > 0 ? [`${deactivated} of them would lose the right to log in.`] : []),
    ...(activated > 0 ? [`${activated} of them would get it back.`] : []),
    ...(counts.length > 0
      ? columns([['ATTRIBUTE', 'CUSTOMERS'], ...counts.map(([name, n]) => [name, String(n)])])
      : []),
    ...failures.flatMap(failureLines),
    ...(fails > failures.length ? [`… and ${fails - failures.length} more; --csv lists all.`] : []),
  ].join('\n');
}

const failureLines = ({ customerId, userName, message, cure }: ImpactedCustomer): string[] => [
  `Customer ${customerId} (${plain(userName)}): ${plain(message, 300)}`,
  ...(cure === undefined ? [] : [`  → ${cure}`]),
];

const runText = (run: MappingRun): string =>
  `Run ${run.id}, version ${run.version}, ${run.state}: ${run.changed} changed, ${run.same} as they were, ${run.failed} failed, of ${run.total}; by ${plain(run.actor)}, ${run.startedAt} UTC.`;

const applyCommand = command('mapping:apply', {
  describe: 'Bring all customers that a connection manages to the mapping in effect; goes on where it was stopped',
  options: {
    connection: connectionOption,
    author: { type: 'string', describe: 'Who does it, for the records; the user of this computer unless said' },
  },
  inject: { database: Database, connections: Connections, runs: MappingRuns },
  async run(
    { connection: code, author },
    { database, connections, runs },
    io,
  ): Promise<MappingRun & { resumed: boolean }> {
    const connection = await connections.byCode(database, code);
    const tell = teller(io);
    for await (const event of runs.apply(connection, author ?? operator())) {
      if (event.kind === 'progress') tell(event);
      else if (event.kind === 'summary') {
        const { kind: _, ...run } = event;
        return run;
      } else if (event.outcome === 'failed' && !io.json)
        io.tell(`Customer ${event.customerId} (${plain(event.userName)}): ${plain(event.message, 300)}\n`);
    }
    throw new CommandError('The run ended without a summary; the log tells more.');
  },
  print: ({ resumed, ...run }) => `${resumed ? 'Went on with a run that had been stopped. ' : ''}${runText(run)}`,
  exitCode: ({ failed }) => (failed > 0 ? 1 : 0),
});

const runsCommand = command('mapping:runs', {
  describe: 'Show the latest runs of mapping:apply, and how far they came',
  options: { connection: connectionOption },
  inject: { database: Database, connections: Connections, runs: MappingRuns },
  run: async ({ connection }, { database, connections, runs }): Promise<readonly MappingRun[]> =>
    runs.latest(database, await connections.byCode(database, connection)),
  print: (runs) => (runs.length === 0 ? 'There was none yet.' : runs.map(runText).join('\n')),
});

export const impactCommands = [impactCommand, applyCommand, runsCommand];
