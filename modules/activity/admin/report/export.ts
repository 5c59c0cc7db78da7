import { download, page, redirect } from '../../../admin/index.ts';
import { Clock, Database } from '../../../framework/index.ts';
import { ActivityError } from '../../error.ts';
import { exportFormats } from '../../export.ts';
import { ActivityReports } from '../../report.ts';
import { reportFilters, searchOf } from './search.ts';

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
    const { type, lines } = exportFormats[format];
    const name = `provisioning-report-${clock.now().toISOString().slice(0, 10)}.${format}`;
    return download(name, type, lines(reports.walk(database, search.filter)));
  },
});
