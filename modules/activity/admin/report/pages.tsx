import { page } from '../../../admin/index.ts';
import { Database } from '../../../framework/index.ts';
import { ActivityReports } from '../../report.ts';
import { RecordLinks } from '../record-links.ts';
import { reportScreen } from './report.tsx';

/** Reports → Provisioning Report. */
export const reportPage = page('/admin/reports/provisioning', {
  acl: 'activity::view',
  menu: { label: 'Provisioning Report', under: 'Reports', sortOrder: 40, icon: 'chart' },
  inject: { database: Database, reports: ActivityReports, links: RecordLinks },
  view: (visit, parts) =>
    reportScreen(visit, parts, {
      title: 'Provisioning Report',
      lead: 'What identity providers did, newest first. A search without filters shows everything.',
    }),
});

/** The tab of a connection with its own records. */
export const connectionActivityPage = page('/admin/connections/:code/activity', {
  acl: 'activity::view',
  tab: { of: 'connection', label: 'Activity', sortOrder: 70 },
  inject: { database: Database, reports: ActivityReports, links: RecordLinks },
  view: (visit, parts) => {
    const application = visit.params.code ?? '';
    return reportScreen(visit, parts, { title: application, application });
  },
});
