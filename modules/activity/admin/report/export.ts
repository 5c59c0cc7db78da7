import { download, page, redirect } from '../../../admin/index.ts';
import { Clock, Database } from '../../../framework/index.ts';
import { csvHead, csvLine } from '../../cli/csv.ts';
import { ActivityError } from '../../error.ts';
import { ActivityReports, type ReportedActivity } from '../../report.ts';
import { reportFilters, searchOf } from './search.ts';

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

const formats = {
  csv: { type: 'text/csv; charset=utf-8', lines: csv },
  json: { type: 'application/json; charset=utf-8', lines: json },
} as const;

/** Everything that a search finds, as a file. It is read while it is sent, so it may be of any length. */
export const exportPage = page('/admin/reports/provisioning/export', {
  acl: 'activity::export',
  inject: { database: Database, reports: ActivityReports, clock: Clock },
  async view(visit, { database, reports, clock }) {
    const asked = reportFilters.flatMap((name) => {
      const value = visit.query.get(name)?.trim() ?? '';
      return value === '' ? [] : [[name, value] as const];
    });
    const search = searchOf(Object.fromEntries(asked));
    if ('problem' in search) return redirect('/admin/reports/provisioning', search);
    try {
      // Says what is wrong with the search before the answer has begun.
      await reports.page(database, search.filter, { limit: 1 });
    } catch (error) {
      if (!(error instanceof ActivityError)) throw error;
      return redirect('/admin/reports/provisioning', { problem: error.message });
    }
    const format = visit.query.get('format') === 'json' ? 'json' : 'csv';
    const { type, lines } = formats[format];
    const name = `provisioning-report-${clock.now().toISOString().slice(0, 10)}.${format}`;
    return download(name, type, lines(reports.walk(database, search.filter)));
  },
});
