import { Clock, command, Database, type Executor, UsageError } from '../../framework/index.ts';
import { ActivityError } from '../error.ts';
import { type ActivityFilter, type ActivityPage, ActivityReports, type ReportedActivity } from '../report.ts';
import { csvHead, csvLine } from './csv.ts';
import { parseMoment } from './moment.ts';
import { pageText } from './table.ts';

const list = (texts: readonly string[] | undefined): readonly string[] | undefined =>
  texts
    ?.flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '');

/** Lines that are written together. */
const linesAtOnce = 200;

/** Records on a page. */
const usual = 50;

/** A page that is full if there are enough: a page of the service stops after looking at some records for a text. */
async function fullPage(
  reports: ActivityReports,
  database: Executor,
  filter: ActivityFilter,
  limit: number,
  start: string | undefined,
): Promise<ActivityPage> {
  const items: ReportedActivity[] = [];
  let cursor = start;
  do {
    const options = { limit: limit - items.length, ...(cursor === undefined ? {} : { cursor }) };
    const page = await reports.page(database, filter, options);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined && items.length < limit);
  return { items, ...(cursor === undefined ? {} : { nextCursor: cursor }) };
}

/** `report:provisioning`. */
export const reportCommand = command('report:provisioning', {
  describe: 'Show what identity providers did, newest first: who, what, to whom, and how it ended',
  options: {
    user: { type: 'string', describe: 'An end user: userName, e-mail, externalId, SCIM id or customer id' },
    application: { type: 'string', describe: 'Code of the connection, also of one that was deleted, or its name' },
    from: {
      type: 'string',
      describe: 'Not before: a day (2026-11-01), a time (UTC unless it says so), or 24h, 7d ago',
    },
    to: { type: 'string', describe: 'Not after: likewise; a day counts whole' },
    status: {
      type: 'string',
      many: true,
      describe:
        'HTTP status (409), class (4xx), done, unchanged, refused, failed, success or failure; several with commas',
    },
    action: {
      type: 'string',
      many: true,
      describe:
        'user.create; a verb: create, update, delete …; a resource: user, group; sign-in, sign-out; several with commas',
    },
    request: { type: 'string', describe: 'The id that the client got with its answer' },
    text: {
      type: 'string',
      describe: 'Stands anywhere in the record: reason, notes, attributes, values, trace, request',
    },
    limit: { type: 'number', describe: 'Records on a page, 50 unless said, at most 1000; with --csv all unless said' },
    cursor: { type: 'string', describe: 'Where the page before said that the next one begins' },
    csv: { type: 'boolean', describe: 'Everything as CSV that is safe to open in a spreadsheet' },
  },
  inject: { database: Database, reports: ActivityReports, clock: Clock },
  async run(options, { database, reports, clock }, io): Promise<ActivityPage> {
    const { user, application, from, to, request, text, limit, cursor, csv = false } = options;
    if (csv && io.json) throw new UsageError('Give --csv or --json, not both.');
    if (csv && cursor !== undefined) throw new UsageError('--csv writes everything; --cursor belongs to pages.');
    if (limit !== undefined && (limit < 1 || !Number.isInteger(limit) || (!csv && limit > 1_000)))
      throw new UsageError('--limit is a whole number from 1; a page has at most 1000 records.');
    const now = clock.now();
    const filter: ActivityFilter = {
      user,
      application,
      from: from === undefined ? undefined : parseMoment('from', from, now),
      to: to === undefined ? undefined : parseMoment('to', to, now, true),
      statuses: list(options.status),
      actions: list(options.action),
      requestId: request,
      text,
    };
    const size = limit === undefined ? {} : { limit };
    try {
      if (!csv) return await fullPage(reports, database, filter, limit ?? usual, cursor);
      let lines = [csvHead];
      for await (const item of reports.walk(database, filter, size)) {
        lines.push(csvLine(item));
        if (lines.length < linesAtOnce) continue;
        io.write(lines.join(''));
        lines = [];
      }
      io.write(lines.join(''));
      return { items: [] };
    } catch (error) {
      // The same as a choice that isn't allowed.
      if (error instanceof ActivityError && error.code !== 'APPLICATION_UNKNOWN') throw new UsageError(error.message);
      throw error;
    }
  },
  print: (page, { csv }) => (csv ? undefined : pageText(page)),
});
