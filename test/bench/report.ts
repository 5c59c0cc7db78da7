import type { Cost, Runner } from './measure.ts';
import type { Phase } from './phase.ts';

/** The middle value. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** A phase as it stands in the table. */
export interface Line {
  readonly phase: Phase;
  /** Per target, as `server+database` in µs; `–` where it does not have the phase. */
  readonly costs: readonly string[];
  /** Per target but the floors, as a multiple of the floor. */
  readonly ratios: readonly (number | undefined)[];
  /** The first target's ratio, round by round. */
  readonly perRound: readonly number[];
  readonly missed: boolean;
}

/** Server and database together, per round. */
const sums = (cost: Cost | undefined): readonly number[] =>
  cost?.server.map((value, round) => value + (cost.database[round] ?? 0)) ?? [];

const cell = (cost: Cost | undefined): string =>
  cost ? `${median(cost.server).toFixed(0)}+${median(cost.database).toFixed(0)}` : '–';

/** Compares targets with the mean of the two floors, round by round. */
export function lineOf(phase: Phase, floors: readonly Runner[], others: readonly Runner[]): Line {
  const [a = [], b = []] = floors.map(({ costs }) => sums(costs.get(phase)));
  const perRound = others.map(({ costs }) =>
    sums(costs.get(phase)).map((value, round) => value / (((a[round] ?? 0) + (b[round] ?? 0)) / 2)),
  );
  const ratios = perRound.map((values) => (values.length === 0 ? undefined : median(values)));
  const [own] = ratios;
  return {
    phase,
    costs: [...floors, ...others].map(({ costs }) => cell(costs.get(phase))),
    ratios,
    perRound: perRound[0] ?? [],
    missed: phase.wanted !== undefined && !(own !== undefined && own <= phase.wanted),
  };
}

const ratioText = (ratio: number | undefined): string => (ratio === undefined ? '–' : `${ratio.toFixed(2)}×`);

/** The table's head and rows as texts; `names` are those of the targets, the two floors first. */
export function cellsOf(lines: readonly Line[], names: readonly string[]): readonly (readonly string[])[] {
  const head = ['phase', ...names, 'wanted', ...names.slice(2).map((name) => `${name} / floor`), 'round by round'];
  const rows = lines.map(({ phase, costs, ratios, perRound, missed }) => [
    phase.name,
    ...costs,
    phase.wanted === undefined ? '–' : `≤ ${phase.wanted}`,
    ...ratios.map((ratio, i) => (i === 0 && missed ? `${ratioText(ratio)} MISSED` : ratioText(ratio))),
    perRound.map((ratio) => ratio.toFixed(2)).join(' '),
  ]);
  return [head, ...rows];
}

/** Cells in columns that line up. */
export function aligned(cells: readonly (readonly string[])[]): string {
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((text, i) => text.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The same as a Markdown table. */
export function markdown(cells: readonly (readonly string[])[]): string {
  const [head = [], ...rows] = cells;
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
