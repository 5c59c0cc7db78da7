import { type Executor, remembering } from '../framework/index.ts';
import { storedActivity } from './entry/decode.ts';
import { type ActivityFilter, type ActivityReports, mostFailures, type ReportedActivity } from './report.ts';
import { entryById } from './search/by-id.ts';
import { allKinds } from './search/kind.ts';
import type { Names, ReportedApplication } from './search/names.ts';
import { type Found, lookThrough, newest } from './search/newest.ts';
import { parseCursor, printCursor, top } from './search/place.ts';
import { questionOf } from './search/question.ts';

const usual = 50;
const most = 1_000;
const walkGroup = 500;
const minute = 60_000;
const day = 86_400_000;

/** Reports over sealed records and those that wait for a seal. */
export function createReports(names: Names): ActivityReports {
  /** Those that are gone have left their codes with their kinds. */
  async function former(db: Executor): Promise<ReadonlyMap<number, ReportedApplication>> {
    const kinds = await allKinds(db);
    return new Map(
      kinds.flatMap((kind) => (kind.application === null ? [] : [[kind.connection_id, { code: kind.application }]])),
    );
  }

  async function reporter(db: Executor): Promise<(found: Found) => ReportedActivity> {
    return reportWith(new Map([...(await former(db)), ...(await names.present(db))]));
  }

  function reportWith(known: ReadonlyMap<number, ReportedApplication>): (found: Found) => ReportedActivity {
    const called = (connection: number): Pick<ReportedActivity, 'application' | 'applicationName'> => {
      const { code, name } = known.get(connection) ?? { code: `#${connection}` };
      return { application: code, ...(name === undefined ? {} : { applicationName: name }) };
    };
    return ({ id, entry }) => ({
      ...storedActivity(id, entry),
      ...(entry.connection === undefined ? {} : called(entry.connection)),
    });
  }

  /** Who asks by the number of a connection knows its name: it is not looked up. */
  const reporterFor = async (db: Executor, { connectionId }: ActivityFilter) =>
    connectionId === undefined ? reporter(db) : ({ id, entry }: Found): ReportedActivity => storedActivity(id, entry);

  async function* walk(
    db: Executor,
    filter: ActivityFilter,
    { limit = Number.MAX_SAFE_INTEGER }: { limit?: number } = {},
  ): AsyncGenerator<ReportedActivity> {
    const [question, report] = [await questionOf(db, names, filter), await reporterFor(db, filter)];
    for await (const found of newest(db, question, top, limit, walkGroup)) yield report(found);
  }

  const page: ActivityReports['page'] = async (database, filter, { limit = usual, cursor } = {}) => {
    const db = remembering(database);
    const size = Math.min(Math.max(1, Math.floor(limit)), most);
    const start = cursor === undefined ? top : parseCursor(cursor);
    const [question, report] = [await questionOf(db, names, filter), await reporterFor(db, filter)];
    if (question.looks) {
      const { found, last, looked } = await lookThrough(db, question, start, size + 1);
      const full = found.length > size;
      const end = full ? found[size - 1] : last;
      return {
        items: found.slice(0, size).map(report),
        ...(end ? { nextCursor: printCursor(end) } : {}),
        ...(end && !full ? { looked } : {}),
      };
    }
    const found: Found[] = [];
    for await (const one of newest(db, question, start, size + 1, size + 1)) found.push(one);
    const last = found[size - 1];
    return {
      items: found.slice(0, size).map(report),
      ...(found.length > size && last ? { nextCursor: printCursor(last) } : {}),
    };
  };

  return {
    walk,
    page,
    async lastFailures(db, now) {
      // To the minute: several parts of a page that ask within it ask the same.
      const from = new Date(Math.floor(now.getTime() / minute) * minute - day);
      return (await page(db, { from, statuses: ['failure'] }, { limit: mostFailures })).items;
    },
    applications: async (db) => names.all(db, await allKinds(db)),
    async record(database, id) {
      const db = remembering(database);
      const entry = await entryById(db, id);
      if (entry === undefined) return undefined;
      const present = await names.present(db);
      const isKnown = entry.connection === undefined || present.has(entry.connection);
      return reportWith(isKnown ? present : await former(db))({ id, ms: entry.at, entry });
    },
  };
}
