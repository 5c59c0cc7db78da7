import { type Executor, type ServiceToken, service } from '../framework/index.ts';
import type { StoredActivity } from './activity.ts';
import type { ReportedApplication } from './search/names.ts';

/** What is asked for; everything given must hold. */
export interface ActivityFilter {
  /** An end user: userName, e-mail, externalId, SCIM id or customer id. */
  readonly user?: string | undefined;
  readonly customerId?: number | undefined;
  /** Code of a connection, present or deleted, or the name of a present one. */
  readonly application?: string | undefined;
  /** By its number: the records come without the name of the application, which the asker knows. */
  readonly connectionId?: number | undefined;
  readonly from?: Date | undefined;
  /** Exclusive. */
  readonly to?: Date | undefined;
  /** Any of these: `409`, `4xx`, `done`, `unchanged`, `refused`, `failed`, `success`, `failure`. */
  readonly statuses?: readonly string[] | undefined;
  /** Any of these: `user.create`, `create`, `update`, `group`, `sign-in` … */
  readonly actions?: readonly string[] | undefined;
  readonly requestId?: string | undefined;
  /** Stands anywhere in what the record says: reason, notes, attributes and their values, trace, request as received. */
  readonly text?: string | undefined;
}

export interface ReportedActivity extends StoredActivity {
  /** Code of the connection; `#<number>` where nobody knows it. */
  readonly application?: string;
  /** What people call it; missing where it was deleted. */
  readonly applicationName?: string;
}

export interface ActivityPage {
  /** Newest first. */
  readonly items: readonly ReportedActivity[];
  /** Where the next page begins; missing on the last one. */
  readonly nextCursor?: string;
  /** So many records were looked at for this page, which is not full for that: the next one looks further. */
  readonly looked?: number;
}

/** Failures that are looked at at once: enough to see what is frequent, and as many however many there are. */
export const mostFailures = 100;

/** Reports over the record. Nothing is counted and nothing skipped, so that a page costs the same among a million records. */
export interface ActivityReports {
  /**
   * A page, 50 records unless said, at most 1,000. With a `text` it looks at about a thousand records and may be short of
   * matches for that; see `looked`.
   * @throws ActivityError `FILTER_INVALID`, `APPLICATION_UNKNOWN`, `CURSOR_INVALID`
   */
  page(db: Executor, filter: ActivityFilter, options?: { limit?: number; cursor?: string }): Promise<ActivityPage>;
  /** What was refused or failed in the 24 hours before `now`, to the minute: the newest {@link mostFailures}. */
  lastFailures(db: Executor, now: Date): Promise<readonly ReportedActivity[]>;
  /** Everything, newest first, in memory that does not grow with it. @throws ActivityError as `page` does */
  walk(db: Executor, filter: ActivityFilter, options?: { limit?: number }): AsyncIterable<ReportedActivity>;
  /** Applications that a report can be about, deleted ones that left records included, by their codes. */
  applications(db: Executor): Promise<readonly ReportedApplication[]>;
  /** One record by its id; undefined where there is none, or none any more. */
  record(db: Executor, id: number): Promise<ReportedActivity | undefined>;
}
export const ActivityReports: ServiceToken<ActivityReports> = service<ActivityReports>('activity.ActivityReports');
