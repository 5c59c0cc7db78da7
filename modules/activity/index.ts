export {
  Activities,
  type ActivityEntry,
  type ActivityOutcome,
  activityOutcomes,
  type ModifiedAttribute,
  type ReceivedRequest,
  type StoredActivity,
  type TraceStep,
} from './activity.ts';
export { Cures, RecordLinks } from './admin/record-links.ts';
export { parseMoment } from './cli/moment.ts';
export { redacted } from './entry/redact.ts';
export { ActivityError, type ActivityErrorCode } from './error.ts';
export {
  type ActivityFilter,
  type ActivityPage,
  ActivityReports,
  mostFailures,
  type ReportedActivity,
} from './report.ts';
export { type Application, ApplicationNames, CustomerIdentifiers } from './search/names.ts';
