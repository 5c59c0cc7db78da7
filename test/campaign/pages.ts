import { tmpdir } from 'node:os';
import mysql from 'mysql2/promise';
import { connect, countStatements, rowsRead } from '../../modules/framework/index.ts';
import { openPageTour, type PageTour } from '../admin/page-tour.ts';
import { aligned } from '../bench/report.ts';
import { multiply } from '../bench/seed/clone.ts';
import { createDatabase } from '../bench/stage.ts';
import { startMariadb } from '../setup/mariadb.ts';

const small = 1_000;
/** Of a page the least of so many is taken: now and then the host looks after itself meanwhile. */
const tries = 3;
/** What other rows happen to be met, such as those of a filled page. */
const slack = 60;
/** What rehearses a request asks what the request itself asks besides. */
const rehearsal = /\/(preview|replay)$/;
/**
 * Some pages count or look through customers up to a fixed number, and the database may go another way in a table of 1,000
 * rows: what is the same from here on is bounded.
 */
const bounding = 10_000;

interface Measured {
  readonly statements: number;
  readonly rows: number;
  readonly milliseconds: number;
}

/**
 * Every page of the administration in stores of 1,000, 10,000 and many customers (1,000,000), all of them users of one
 * connection, which is the most that pages can count: statements, rows read, time. True when no page asks more than ten
 * statements, or reads the more rows the more customers there are.
 */
export async function pagesCampaign(customers = 1_000_000): Promise<boolean> {
  const mariadb = await startMariadb({ root: tmpdir(), bufferPool: 1024, throwaway: false });
  const url = await createDatabase(mariadb, 'campaign_pages');
  const connection = await mysql.createConnection(url);
  let tour: PageTour | undefined;
  try {
    const database = await connect({ url, poolMax: 1, detectNesting: true });
    const opened = { url, database, dispose: () => database.close() };
    tour = await openPageTour({ name: 'mysql', open: async () => opened });
    const found: ReadonlyMap<string, Measured>[] = [];
    let made = 0;
    for (const size of [small, bounding, customers].filter((wanted) => wanted <= customers)) {
      await grow(tour, connection, made, size);
      made = size;
      found.push(await measure(tour));
    }
    return report(tour.paths, found, [small, bounding, customers]);
  } finally {
    await connection.end();
    await tour?.host.close();
    await mariadb.stop();
  }
}

/** Makes one user of the first connection, and as many copies as are still missing. */
async function grow({ host }: PageTour, connection: mysql.Connection, from: number, to: number): Promise<void> {
  const number = '0000000';
  const name = `grown-${from}-${number}`;
  const user = {
    userName: `${name}@corp.example`,
    externalId: name,
    name: { givenName: 'Mass', familyName: 'Many' },
    emails: [{ value: `${name}@corp.example` }],
  };
  const customerId = Number(await host.scim.create(user));
  await multiply(connection, { customerId, number }, to - from, told(`customers beside ${from}`));
  const [tables] = await connection.query<mysql.RowDataPacket[]>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
  );
  await connection.query(`ANALYZE TABLE ${tables.map(({ name: table }) => String(table)).join(', ')}`);
}

const told = (what: string) => {
  const began = Date.now();
  return (done: number): void => {
    if (done % 100_000 < 20_000)
      process.stderr.write(`${done.toLocaleString('en')} ${what} after ${Math.round((Date.now() - began) / 1000)} s\n`);
  };
};

async function measure({ host, browser, paths }: PageTour): Promise<ReadonlyMap<string, Measured>> {
  const found = new Map<string, Measured>();
  for (const path of paths) {
    let least: Measured | undefined;
    for (let at = 0; at < tries; at++) {
      const counted = countStatements(host.database);
      const began = performance.now();
      const rows = (await rowsRead(host.database, () => browser.get(path))) ?? 0;
      const milliseconds = performance.now() - began;
      counted.stop();
      // The counters themselves are read by three statements.
      const statements = counted.statements.length - 3;
      if (!least || rows < least.rows) least = { statements, rows, milliseconds };
    }
    if (least) found.set(path, least);
  }
  return found;
}

function report(
  paths: readonly string[],
  found: readonly ReadonlyMap<string, Measured>[],
  sizes: readonly number[],
): boolean {
  let good = true;
  const lines = paths.map((path) => {
    const [few, bounded, many] = [0, found.length - 2, found.length - 1].map((at) => found[at]?.get(path));
    const behind = (other: Measured | undefined): boolean => (many?.rows ?? 0) > (other?.rows ?? 0) + slack;
    const talks = !rehearsal.test(path) && (many?.statements ?? 0) > 10;
    if (talks || (behind(few) && behind(bounded))) good = false;
    const verdict = !behind(few) ? 'same' : behind(bounded) ? 'GROWS' : 'bounded';
    return [
      path,
      String(many?.statements ?? '–'),
      ...found.map((at) => String(at.get(path)?.rows ?? '–')),
      (many?.milliseconds ?? 0).toFixed(0),
      talks ? 'TOO MANY STATEMENTS' : verdict,
    ];
  });
  const heads = ['page', 'statements', ...sizes.map((size) => `rows at ${size.toLocaleString('en')}`), 'ms', 'verdict'];
  console.log(aligned([heads, ...lines]));
  return good;
}
