import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ActivityFilter, ActivityReports } from '../../modules/activity/index.ts';
import { ActivityJobs } from '../../modules/activity/jobs/jobs.ts';
import activity from '../../modules/activity/module.ts';
import { insertActivities } from '../../modules/activity/pending.ts';
import { ActivityVerifier } from '../../modules/activity/seal/verification.ts';
import { printCursor } from '../../modules/activity/search/place.ts';
import { countStatements } from '../../modules/framework/database/index.ts';
import { connect, createTestHost, type Database, rowsRead, sql } from '../../modules/framework/index.ts';
import { startMariadb } from '../setup/mariadb.ts';
import { runTests } from './mocha.ts';

const start = Date.parse('2026-01-01T00:00:00.000Z');
const operations = ['user.patch', 'user.read', 'user.list', 'user.create', 'group.patch', 'user.replace'];

function past(number: number) {
  const rare = number % 5_000 === 17;
  return {
    at: new Date(start + number * 15_000),
    operation: operations[number % operations.length] ?? 'user.patch',
    outcome: rare ? ('refused' as const) : ('done' as const),
    status: rare ? 409 : 200,
    connectionId: 1 + (number % 3),
    customerId: (number * 7_919) % 50_000,
    subject: `user-${(number * 7_919) % 50_000}@example.com`,
    requestId: `request-${number}`,
    changed: ['lastname'],
  };
}

const questions: Readonly<Record<string, ActivityFilter>> = {
  everything: {},
  'a connection': { connectionId: 2 },
  refused: { statuses: ['refused'] },
  'a connection, an action and a class': { connectionId: 1, actions: ['update'], statuses: ['4xx'] },
  'a user': { user: 'user-7919@example.com' },
  'a request': { requestId: 'request-500' },
  'a text that stands nowhere': { text: 'nowhere' },
  'a day': { from: new Date('2026-03-01'), to: new Date('2026-03-02') },
};

/** Where the engine does not count rows: the tables of records that any of these statements reads from end to end. */
async function scanned(database: Database, statements: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const text of new Set(statements)) {
    const values = Array.from({ length: text.split('?').length - 1 }, () => 1);
    const plan = await database.all<{ detail: string }>({ sql: `EXPLAIN QUERY PLAN ${text}`, values });
    found.push(
      ...plan.map(({ detail }) => detail).filter((detail) => /^SCAN .*activity_(search|record|seal)/.test(detail)),
    );
  }
  return found;
}

/** Rows that a page of 50 may read, whatever is asked of however many records; with a text it looks at about a thousand. */
const mostRows = ({ text }: ActivityFilter): number => (text === undefined ? 1_000 : 4_000);

async function onDatabase(name: string, url: string, count: number): Promise<boolean> {
  const database: Database = await connect({ url, poolMax: 1 });
  const host = await createTestHost({ modules: [activity], database });
  const statements = countStatements(database);
  const problems: string[] = [];
  try {
    let began = performance.now();
    for (let first = 0; first < count; first += 20_000) {
      for (let batch = first; batch < Math.min(first + 20_000, count); batch += 1_000)
        await database.transaction(async (tx) => {
          for (let at = batch; at < Math.min(batch + 1_000, count); at += 50)
            tx.later(insertActivities(Array.from({ length: Math.min(50, count - at) }, (_, i) => past(at + i))));
        });
      await host.resolve(ActivityJobs).seal();
      if (first % 200_000 === 0) process.stderr.write(`${name}: ${first + 20_000} of ${count} records\n`);
    }
    console.log(`${name}: ${count} records written and sealed in ${Math.round((performance.now() - began) / 1000)} s`);
    const reports = host.resolve(ActivityReports);
    for (const [question, filter] of Object.entries(questions))
      for (const [where, cursor] of [
        ['first page', undefined],
        ['deep inside', printCursor({ ms: start + count * 7_500, id: 1 })],
      ] as const) {
        const page = () => reports.page(database, filter, { limit: 50, ...(cursor ? { cursor } : {}) });
        await page();
        const read = await rowsRead(database, page);
        began = performance.now();
        const { items } = await page();
        const took = (performance.now() - began).toFixed(1);
        console.log(`  ${question}, ${where}: ${items.length} records, ${read ?? 'uncounted'} rows read, ${took} ms`);
        if (read === undefined) {
          statements.reset();
          await page();
          for (const scan of await scanned(database, [...statements.statements]))
            problems.push(`${question}, ${where}: ${scan}`);
        }
        if (read !== undefined && read > mostRows(filter)) problems.push(`${question}, ${where}, read ${read} rows`);
      }
    global.gc?.();
    const before = process.memoryUsage().heapUsed;
    let [walked, most] = [0, 0];
    began = performance.now();
    for await (const _ of reports.walk(database, {})) {
      if (++walked % 50_000 !== 0) continue;
      global.gc?.();
      most = Math.max(most, process.memoryUsage().heapUsed - before);
    }
    console.log(
      `  walk: ${walked} records in ${Math.round((performance.now() - began) / 1000)} s, heap grew by ${Math.round(most / 2 ** 20)} MiB at most`,
    );
    if (walked !== count) problems.push(`the walk saw ${walked} of ${count} records`);
    began = performance.now();
    const { intact, records } = await host.resolve(ActivityVerifier).verify();
    console.log(`  verify: ${records} records in ${Math.round((performance.now() - began) / 1000)} s`);
    if (!intact || records !== count) problems.push('the record is not intact');
    began = performance.now();
    const removed = await host.resolve(ActivityJobs).purge();
    console.log(`  purge: ${removed} records, seal by seal, in ${Math.round((performance.now() - began) / 1000)} s`);
    const left = await host.resolve(ActivityVerifier).verify();
    if (!left.intact || left.purged !== removed || left.records + left.purged !== count)
      problems.push('after the purge the record is not intact');
    const victim = await database.first<{ id: number; seal: number }>(
      sql`SELECT activity_id AS id, seal_id AS seal FROM {vestibule_activity_record} ORDER BY seal_id DESC, activity_id LIMIT 1`,
    );
    if (victim) {
      await database.run(
        sql`DELETE FROM {vestibule_activity_record} WHERE seal_id = ${victim.seal} AND activity_id = ${victim.id}`,
      );
      const { fault } = await host.resolve(ActivityVerifier).verify();
      if (fault?.recordId !== victim.id) problems.push(`record ${victim.id} was removed and not missed`);
    }
  } finally {
    await host.close();
    await database.close();
  }
  for (const problem of problems) console.log(`  PROBLEM: ${problem}`);
  return problems.length === 0;
}

/** A thousand random tamperings with a small record, on each engine. */
const tampered = (): Promise<boolean> =>
  runTests(['--require', 'test/setup/databases.ts', '--timeout', '0', 'test/activity/tampering.test.ts'], {
    RUNS_FACTOR: '20',
  });

/** Reports, a walk, a verification and a purge over `count` (1,000,000) records on each engine, and tampering. */
export async function activityCampaign(count = 1_000_000): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-activity-'));
  const mariadb = await startMariadb();
  try {
    const admin = await connect({ url: `${mariadb.url}/mysql` });
    await admin.run(sql`CREATE DATABASE campaign_activity CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`);
    await admin.close();
    const mysql = await onDatabase('MariaDB', `${mariadb.url}/campaign_activity`, count);
    const sqlite = await onDatabase('SQLite', `sqlite:${join(folder, 'activity.sqlite')}`, count);
    return (await tampered()) && sqlite && mysql;
  } finally {
    await mariadb.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
