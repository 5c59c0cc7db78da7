import { csvHead, csvLine } from './cli/csv.ts';
import type { ReportedActivity } from './report.ts';

const linesAtOnce = 200;

async function* csv(items: AsyncIterable<ReportedActivity>): AsyncGenerator<string> {
  let lines = [csvHead];
  for await (const item of items) {
    lines.push(csvLine(item));
    if (lines.length < linesAtOnce) continue;
    yield lines.join('');
    lines = [];
  }
  yield lines.join('');
}

/** One array, a record on a line of its own. */
async function* json(items: AsyncIterable<ReportedActivity>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const item of items) {
    yield before + JSON.stringify(item);
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

/** A report as a file, written while it is read, so that it may be of any length. */
export const exportFormats = {
  csv: { type: 'text/csv; charset=utf-8', lines: csv },
  json: { type: 'application/json; charset=utf-8', lines: json },
} as const;
