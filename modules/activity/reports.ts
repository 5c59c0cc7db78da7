import { type Executor, remembering } from '../framework/index.ts';
import { storedActivity } from './entry/decode.ts';
import type { ActivityFilter, ActivityReports, ReportedActivity } from './report.ts';
import { entryById } from './search/by-id.ts';
import { allKinds } from './search/kind.ts';
import type { Names } from './search/names.ts';
import { type Found, newest } from './search/newest.ts';
import { parseCursor, printCursor, top } from './search/place.ts';
import { questionOf } from './search/question.ts';

const usual = 50;
const most = 1_000;
const walkGroup = 500;

/** Reports over sealed records and those that wait for a seal. */
export function createReports(names: Names): ActivityReports {
  async function reporter(db: Executor): Promise<(found: Found) => ReportedActivity> {
    const codes = new Map<number, string>();
    for (const { connection_id, application } of await allKinds(db))
      if (application !== null) codes.set(connection_id, application);
    for (const [id, code] of await names.codes(db)) codes.set(id, code);
    return ({ id, entry }) => ({
      ...storedActivity(id, entry),
      ...(entry.connection === undefined ? {} : { application: codes.get(entry.connection) ?? `#${entry.connection}` }),
    });
  }

  async function* walk(
    db: Executor,
    filter: ActivityFilter,
    { limit = Number.MAX_SAFE_INTEGER }: { limit?: number } = {},
  ): AsyncGenerator<ReportedActivity> {
    const [question, report] = [await questionOf(db, names, filter), await reporter(db)];
    for await (const found of newest(db, question, top, limit, walkGroup)) yield report(found);
  }

  return {
    walk,
    applications: async (db) => names.all(db, await allKinds(db)),
    async record(database, id) {
      const db = remembering(database);
      const entry = await entryById(db, id);
      return entry && (await reporter(db))({ id, ms: entry.at, entry });
    },
    async page(database, filter, { limit = usual, cursor } = {}) {
      const db = remembering(database);
      const size = Math.min(Math.max(1, Math.floor(limit)), most);
      const start = cursor === undefined ? top : parseCursor(cursor);
      const [question, report] = [await questionOf(db, names, filter), await reporter(db)];
      const found: Found[] = [];
      for await (const one of newest(db, question, start, size + 1, size + 1)) found.push(one);
      const last = found[size - 1];
      return {
        items: found.slice(0, size).map(report),
        ...(found.length > size && last ? { nextCursor: printCursor(last) } : {}),
      };
    },
  };
}
