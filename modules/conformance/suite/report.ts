import type { Level } from './check.ts';
import type { Exchange, SuiteResult, Verdict } from './run.ts';

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const levels: readonly Level[] = ['MUST', 'SHOULD', 'MAY'];

/** How many requirements of each level passed, failed and were skipped. */
export function countByLevel(verdicts: readonly Verdict[]): Readonly<Record<Level, Count>> {
  const count = (level: Level): Count => {
    const number = (outcome: Verdict['outcome']): number =>
      verdicts.filter((one) => one.level === level && one.outcome === outcome).length;
    return { passed: number('pass'), failed: number('fail'), skipped: number('skip') };
  };
  return { MUST: count('MUST'), SHOULD: count('SHOULD'), MAY: count('MAY') };
}

/** Whether no requirement of level MUST failed. */
export const conformant = ({ verdicts }: SuiteResult): boolean =>
  !verdicts.some(({ level, outcome }) => level === 'MUST' && outcome === 'fail');

const told = ({ request, sent, status, found }: Exchange): string[] => [
  `        sent:   ${request}${sent === undefined ? '' : `  ${sent}`}`,
  `        found:  ${status}${found === '' ? '' : `  ${found}`}`,
];

/** One requirement as a line; a failure with what was expected, sent and found below it. */
export function verdictText({ id, level, says, outcome, reason, exchanges = [] }: Verdict): string {
  const line = `${outcome.toUpperCase()}  ${level.padEnd(6)}  ${id.padEnd(20)}  ${says}`;
  if (outcome === 'pass') return line;
  if (outcome === 'skip') return `${line}  (${reason})`;
  return [line, `        ${reason}`, ...exchanges.flatMap(told)].join('\n');
}

/** The count by level, and what could not be cleaned up. */
export function summaryText({ base, verdicts, left }: SuiteResult): string {
  const counts = countByLevel(verdicts);
  const lines = levels.map((level) => {
    const { passed, failed, skipped } = counts[level];
    return `${level.padEnd(6)}  ${String(passed).padStart(4)} passed  ${String(failed).padStart(4)} failed  ${String(skipped).padStart(4)} skipped`;
  });
  const rest = left.length === 0 ? [] : [`Could not be deleted: ${left.join(', ')}`];
  return [base, ...lines, ...rest].join('\n');
}

/** Every requirement under the name of its area, then the count. */
export function resultText(result: SuiteResult): string {
  const areas = [...new Set(result.verdicts.map(({ area }) => area))];
  const blocks = areas.map((area) =>
    [area, ...result.verdicts.filter((one) => one.area === area).map(verdictText)].join('\n'),
  );
  return [...blocks, summaryText(result)].join('\n\n');
}
