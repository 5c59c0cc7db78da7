import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Clock, Database, HttpError, type Route, route } from '../../framework/index.ts';
import { readAnchor } from '../cli/anchor.ts';
import { exportFormats } from '../export.ts';
import { ActivityReports } from '../report.ts';
import { ActivityVerifier } from '../seal/verification.ts';
import { activityApiOperations as operations } from './operations.ts';
import { filterOf, numberOf, orRefuse, queryOf } from './question.ts';

const base = '/admin/api/v1/activity';
const inject = { database: Database, reports: ActivityReports, clock: Clock };
const mostOnAPage = 1_000;

const list = route(`GET ${base}`, {
  operation: operations.list,
  area: 'admin',
  acl: 'activity::view',
  inject,
  handle: (request, response, { database, reports, clock }) =>
    orRefuse(async () => {
      const { limit: asked, cursor, ...given } = queryOf(request, 'limit', 'cursor');
      const limit = numberOf(asked, 'limit', mostOnAPage);
      const options = { ...(limit === undefined ? {} : { limit }), ...(cursor === undefined ? {} : { cursor }) };
      const page = await reports.page(database, filterOf(given, clock.now()), options);
      response.set('Cache-Control', 'no-store').json(page);
    }),
});

const exported = route(`GET ${base}/export`, {
  operation: operations.export,
  area: 'admin',
  acl: 'activity::export',
  inject,
  handle: (request, response, { database, reports, clock }) =>
    orRefuse(async () => {
      const { format = 'csv', ...given } = queryOf(request, 'format');
      if (format !== 'csv' && format !== 'json')
        throw new HttpError(400, 'QUERY_INVALID', '"format" is "csv" or "json".');
      const filter = filterOf(given, clock.now());
      // Says what is wrong with the filter before the answer has begun.
      await reports.page(database, filter, { limit: 1 });
      const { type, lines } = exportFormats[format];
      response.set({ 'Content-Type': type, 'Cache-Control': 'no-store' });
      response.attachment(`provisioning-report-${clock.now().toISOString().slice(0, 10)}.${format}`);
      await pipeline(Readable.from(lines(reports.walk(database, filter))), response);
    }),
});

const show = route(`GET ${base}/:id`, {
  operation: operations.show,
  area: 'admin',
  acl: 'activity::view',
  inject,
  async handle({ params }, response, { database, reports }) {
    const id = String(params.id);
    const record = /^\d{1,15}$/.test(id) ? await reports.record(database, Number(id)) : undefined;
    if (!record) throw new HttpError(404, 'RECORD_UNKNOWN', 'There is no such record; it may have been purged.');
    response.set('Cache-Control', 'no-store').json(record);
  },
});

const verify = route(`POST ${base}/verify`, {
  operation: operations.verify,
  area: 'admin',
  acl: 'activity::verify',
  reads: 'json',
  inject: { verifier: ActivityVerifier },
  async handle(request, response, { verifier }) {
    const { anchors = [], ...other } = (request.body ?? {}) as Readonly<Record<string, unknown>>;
    const read = Array.isArray(anchors) ? anchors.map((text) => readAnchor(String(text))) : [undefined];
    const known = read.filter((anchor) => anchor !== undefined);
    if (Object.keys(other).length > 0 || known.length < read.length || read.length > 100)
      throw new HttpError(400, 'BODY_INVALID', '"anchors" is a list of texts such as "7:0:5f…", at most 100.');
    response.set('Cache-Control', 'no-store').json(await verifier.verify({ anchors: known }));
  },
});

/** The record over the admin API. What has a name is declared before `…/:id` could take its place. */
export const activityRoutes: readonly Route[] = [list, exported, show, verify];
