import { type FileHandle, open } from 'node:fs/promises';
import { CommandError, type CommandIo, command, operator, UsageError } from '../../framework/index.ts';
import { remedies } from '../../provisioning/index.ts';
import { ReconciliationError } from '../error.ts';
import { type Cure, type Finding, type FindingKind, findingKinds } from '../finding.ts';
import { kinds } from '../kind/kinds.ts';
import { Reconciliation } from '../reconciliation.ts';
import { csvHead, csvLines, shownValue } from './csv.ts';
import { inOrder, type Tallies, takings, tallyOf } from './tally.ts';

/** A long run says how far it is, once a second. */
const tellEvery = 1_000;
const shownReasons = 20;

function teller(io: CommandIo, found: () => number): (done: number, total: number) => void {
  let told = Date.now();
  return (done, total) => {
    if (Date.now() - told < tellEvery) return;
    told = Date.now();
    io.tell(`${done} of ${total} looked at, ${found()} findings …\n`);
  };
}

/** What `reconcile` answers. */
interface Reconciled {
  readonly dryRun: boolean;
  readonly found: number;
  readonly kinds: Tallies;
  /** The first of them, as many as `--limit` says. */
  readonly findings: readonly Finding[];
  readonly more: number;
  /** Why cures were refused, of the first. */
  readonly refusals: readonly string[];
}

const options = {
  connection: { type: 'string', describe: 'Only what belongs to this connection' },
  kind: { type: 'string', describe: 'Only findings of this kind; may be repeated', choices: findingKinds, many: true },
  fix: { type: 'string', describe: 'Cure findings of this kind; may be repeated', choices: findingKinds, many: true },
  cure: {
    type: 'string',
    describe: 'Which cure, where a kind has several; the first that a finding names unless said',
    choices: remedies,
  },
  dryRun: { type: 'boolean', describe: 'With --fix: say what would be cured, and change nothing' },
  yes: { type: 'boolean', describe: 'Cure also what takes a right, a manager or rows away' },
  limit: { type: 'number', describe: 'Findings that are shown', default: 20 },
  csv: { type: 'string', describe: 'Write every finding to this file' },
  author: { type: 'string', describe: 'Who does it, for the records; the user of this computer unless said' },
} as const;

/** Cures what was asked for, and counts the rest. */
class Curing {
  readonly tallies: Tallies = {};
  readonly refusals = new Set<string>();
  /** By kind, what would be done how often. */
  readonly chosen = new Map<FindingKind, Map<Cure, number>>();
  found = 0;
  readonly #reconciliation: Reconciliation;
  readonly #cures: (kind: FindingKind) => boolean;
  readonly #wanted: Cure | undefined;
  readonly #by: string;

  constructor(
    reconciliation: Reconciliation,
    cures: (kind: FindingKind) => boolean,
    wanted: Cure | undefined,
    by: string,
  ) {
    this.#reconciliation = reconciliation;
    this.#cures = cures;
    this.#wanted = wanted;
    this.#by = by;
  }

  /** `forReal`: does it; otherwise it is only counted. */
  async take(finding: Finding, forReal: boolean): Promise<void> {
    const tally = tallyOf(this.tallies, finding.kind);
    tally.found++;
    this.found++;
    const cure = this.#wanted === undefined ? finding.cures[0] : finding.cures.find((one) => one === this.#wanted);
    if (!this.#cures(finding.kind)) return;
    if (cure === undefined) {
      this.#refuse(finding, `has no cure "${this.#wanted ?? ''}"`.replace(' ""', ''));
      return;
    }
    const counts = this.chosen.get(finding.kind) ?? new Map<Cure, number>();
    this.chosen.set(finding.kind, counts.set(cure, (counts.get(cure) ?? 0) + 1));
    if (!forReal) return;
    try {
      tally[await this.#reconciliation.cure(finding, cure, this.#by)]++;
    } catch (error) {
      if (!(error instanceof ReconciliationError)) throw error;
      this.#refuse(finding, error.message);
    }
  }

  #refuse(finding: Finding, why: string): void {
    tallyOf(this.tallies, finding.kind).refused++;
    if (this.refusals.size < shownReasons) this.refusals.add(`${placeText(finding)}: ${why}`);
  }
}

export const reconcileCommand = command('reconcile', {
  describe: 'Compare store and documents, and cure where they disagree; nothing is changed without --fix',
  options,
  inject: { reconciliation: Reconciliation },
  async run(given, { reconciliation }, io): Promise<Reconciled> {
    const { connection, fix = [], kind = [], dryRun = false, yes = false, limit, csv, author } = given;
    if (csv !== undefined && io.json) throw new UsageError('Give --csv or --json, not both.');
    if (fix.length === 0 && (given.cure !== undefined || dryRun))
      throw new UsageError('--cure and --dry-run say something of --fix; name the kinds to cure with it.');
    const asked = (kind.length > 0 ? kind : fix.length > 0 ? fix : findingKinds) as readonly FindingKind[];
    const outside = fix.filter((one) => !asked.includes(one as FindingKind));
    if (outside.length > 0) throw new UsageError(`--fix ${outside.join(', ')} is not among the kinds of --kind.`);
    const filter = { connection, kinds: asked };
    const by = author ?? operator();
    const make = (): Curing =>
      new Curing(reconciliation, (one) => fix.includes(one), given.cure as Cure | undefined, by);

    if (fix.length > 0 && !dryRun && !yes) {
      // Looked through once before: what takes something from people is counted first, and said.
      const counting = make();
      for await (const finding of reconciliation.compare(
        filter,
        teller(io, () => counting.found),
      ))
        await counting.take(finding, false);
      const taken = takings(counting.chosen);
      if (taken.length > 0)
        throw new CommandError(
          `Nothing was cured, because it would take something away: ${taken.join('; ')}. Run it again with --yes.`,
        );
    }

    const file = csv === undefined ? undefined : await opened(csv);
    const curing = make();
    const findings: Finding[] = [];
    try {
      await file?.write(csvHead);
      for await (const finding of reconciliation.compare(
        filter,
        teller(io, () => curing.found),
      )) {
        await file?.write(csvLines(finding));
        if (findings.length < limit) findings.push(finding);
        await curing.take(finding, !dryRun);
      }
    } finally {
      await file?.close();
    }
    const { found, tallies } = curing;
    return { dryRun, found, kinds: tallies, findings, more: found - findings.length, refusals: [...curing.refusals] };
  },
  print: (result, { fix = [], csv }) => textOf(result, fix as readonly FindingKind[], csv),
  exitCode: ({ kinds: tallies }) => (Object.values(tallies).some(({ refused }) => refused > 0) ? 1 : 0),
});

async function opened(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'w');
  } catch (error) {
    throw new CommandError(
      `The file "${path}" can't be written: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

const placeText = ({ kind, customerId, groupId, subject, connection }: Finding): string =>
  [
    kind,
    customerId === null ? `group ${groupId}` : `customer ${customerId}`,
    ...(subject === null ? [] : [`(${subject})`]),
    ...(connection === null ? [] : [`of ${connection}`]),
  ].join(' ');

const findingText = (finding: Finding): string =>
  `  ${placeText(finding)}: ${finding.values
    .map(
      ({ attribute, before, after }) =>
        `${attribute} ${shownValue(after) || '–'}, should be ${shownValue(before) || '–'}`,
    )
    .join('; ')} [${finding.cures.join(', ') || 'protected'}]`;

function textOf(
  { dryRun, found, kinds: tallies, findings, more, refusals }: Reconciled,
  fix: readonly FindingKind[],
  csv: string | undefined,
): string {
  if (found === 0) return 'Store and documents agree.';
  const done = ({ cured, gone, refused }: { cured: number; gone: number; refused: number }): string =>
    dryRun
      ? ', would be cured'
      : `, ${cured} cured${gone > 0 ? `, ${gone} had gone` : ''}${refused > 0 ? `, ${refused} refused` : ''}`;
  return [
    ...inOrder(tallies).map(
      ([kind, tally]) =>
        `${String(tally.found).padStart(6)}  ${kind} – ${kinds[kind].title} (${kinds[kind].severity})${fix.includes(kind) ? done(tally) : ''}`,
    ),
    '',
    ...findings.map(findingText),
    ...(more > 0 ? [`  … and ${more} more${csv === undefined ? '; --csv <file> lists all' : ''}.`] : []),
    ...refusals.map((why) => `Refused: ${why}`),
    ...(fix.length === 0 || dryRun ? ['Nothing was changed.'] : []),
  ].join('\n');
}
