import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import mysql from 'mysql2/promise';
import { type MariadbServer, startMariadb } from '../../setup/mariadb.ts';
import { createClient } from '../client.ts';
import { forgetPeakOf, peakMemoryOf } from '../process-usage.ts';
import { aligned } from '../report.ts';
import { writeSection } from '../results.ts';
import { grow } from '../seed/grow.ts';
import { createDatabase } from '../stage.ts';
import { startVestibule } from '../targets.ts';
import { leastWork, type Work, workOf } from './counters.ts';
import { countMembers, makeGroup } from './group.ts';
import { create, firstPage, questions } from './requests.ts';
import { type Depth, type Store, walk } from './store.ts';

const small = 1000;
const mostMemory = 200;
const tries = 9;
/** Totals are remembered for five seconds. */
const totalLivesMs = 5500;
/** 2.4 KB of tables, and as much again for what is being written. */
const bytesPerCustomer = 5000;

interface Measured {
  readonly customers: number;
  readonly work: ReadonlyMap<string, Work>;
  /** Counting a list's total, which happens at most once in a few seconds. */
  readonly counted: Work;
  /** MiB, while the tables were made and afterwards. */
  readonly peakMemory: { readonly starting: number; readonly serving: number };
}

/**
 * `npm run bench -- --scale [customers]`: what a request makes the database do is the same in a store of 1,000 and of
 * 1,000,000 customers, and the server's memory stays small. True when it is so.
 */
export async function checkScale(customers: number, write: boolean): Promise<boolean> {
  const root = tmpdir();
  const { bavail, bsize } = await statfs(root);
  const wanted = customers * bytesPerCustomer + 1024 ** 3;
  if (bavail * bsize < wanted)
    throw new Error(
      `${root} has no room for ${customers} customers (${Math.ceil(wanted / 1024 ** 3)} GiB): name fewer`,
    );
  const mariadb = await startMariadb({ root, bufferPool: 2048, throwaway: false });
  try {
    const stores = [await measureStore(mariadb, small), await measureStore(mariadb, customers)];
    return await report(stores, write);
  } finally {
    await mariadb.stop();
  }
}

async function measureStore(mariadb: MariadbServer, customers: number): Promise<Measured> {
  const url = await createDatabase(mariadb, `bench_scale_${customers}`);
  const target = await startVestibule(`store of ${customers}`, url);
  const starting = peakMemoryOf(target.pid);
  forgetPeakOf(target.pid);
  const client = createClient(target.url, target.token, 1);
  const connection = await mysql.createConnection(url);
  try {
    let groupId: string | undefined;
    const firstId = await grow(target, url, customers, async (id) => {
      groupId = await makeGroup(client, id);
    });
    if (groupId !== undefined) await countMembers(connection, groupId, customers);
    const started = Date.now();
    const cursors = (await attempt(target.name, () => walk(client, customers))) ?? new Map<Depth, string>();
    process.stderr.write(`${target.name}: walked by cursor in ${((Date.now() - started) / 1000).toFixed(0)} s\n`);
    const store: Store = { client, customers, firstId, groupId, late: [], cursors };
    const work = new Map<string, Work>();
    for (const question of questions) {
      if (question.isServed?.(store) === false) continue;
      const least = await attempt(`${target.name}, ${question.name}`, () =>
        leastWork(connection, tries, (nth) => question.ask(store, nth)),
      );
      if (least) work.set(question.name, least);
    }
    const counted = await countAnew(store, connection);
    return { customers, work, counted, peakMemory: { starting, serving: peakMemoryOf(target.pid) } };
  } finally {
    client.close();
    await connection.end();
    await target.stop();
  }
}

/** What can't be measured is said, and counts as missing; the rest goes on. */
async function attempt<T>(what: string, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    process.stderr.write(`${what}: ${error instanceof Error ? error.message : error}\n`);
    return undefined;
  }
}

/** The first page after a while and a write, when its total is not known any more. */
async function countAnew(store: Store, connection: mysql.Connection): Promise<Work> {
  await create.ask(store, tries);
  await new Promise((resolve) => setTimeout(resolve, totalLivesMs));
  return workOf(connection, () => firstPage.ask(store, 0));
}

const text = ({ statements, rows }: Work): string => `${statements} / ${rows}`;

async function report(stores: readonly Measured[], write: boolean): Promise<boolean> {
  const sizes = stores.map(({ customers }) => `${customers.toLocaleString('en')} customers`);
  let good = true;
  const rows = questions.map(({ name }) => {
    const works = stores.map(({ work }) => work.get(name));
    const said = works.map((work) => (work ? text(work) : '–'));
    const same = works[0] !== undefined && said.every((other) => other === said[0]);
    good &&= same;
    return [name, ...said, same ? 'same' : works.includes(undefined) ? 'NOT SERVED' : 'DIFFERENT'];
  });
  const memory = (['starting', 'serving'] as const).map((when) => {
    const peaks = stores.map(({ peakMemory }) => peakMemory[when]);
    const small = peaks.every((mebibytes) => mebibytes < mostMemory);
    good &&= small;
    return [
      `most memory of the server while ${when}, MiB`,
      ...peaks.map((mebibytes) => mebibytes.toFixed(0)),
      small ? `< ${mostMemory}` : 'TOO MUCH',
    ];
  });
  const cells = [
    ['request', ...sizes, 'verdict'],
    ...rows,
    ['first page, total counted anew', ...stores.map(({ counted }) => text(counted)), 'grows: cached for seconds'],
    ...memory,
  ];
  const title = `Statements / rows read per request (Handler_read_*, Handler_icp_attempts), least of ${tries}; BEGIN and COMMIT left out`;
  console.log(`\n${title}\n${aligned(cells)}`);
  if (write) await writeSection('Scale', title, cells);
  return good;
}
