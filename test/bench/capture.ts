import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { CaptureTriggers, ChangeInterests, ChangesCaptured } from '../../modules/change-capture/index.ts';
import changeCapture from '../../modules/change-capture/module.ts';
import { Customers } from '../../modules/customer/index.ts';
import customer from '../../modules/customer/module.ts';
import {
  connect,
  contribute,
  createTestHost,
  type Database,
  defineModule,
  observe,
  sql,
  type TestHost,
} from '../../modules/framework/index.ts';
import { startMariadb } from '../setup/mariadb.ts';
import { writesOf } from './capture-writes.ts';
import { cpuOf } from './process-usage.ts';
import { aligned, median } from './report.ts';

/** A store with capture or without, and somebody who writes past the host. */
interface Store {
  readonly captures: boolean;
  readonly host: TestHost;
  readonly own: Database;
  readonly foreign: Database;
}

/** CPU of the writer and of the database, in µs per write. */
type Cost = readonly [writer: number, database: number];

let somebodyListens = false;

const listener = defineModule({
  name: 'listener',
  version: '1.0.0',
  sequence: ['change-capture'],
  observers: [observe(ChangesCaptured, { id: 'listener.all', when: 'committed', handle: () => {} })],
  contributes: [contribute(ChangeInterests, {}, () => ({ observer: 'listener.all', wants: () => somebodyListens }))],
});

async function openStore(url: string, captures: boolean): Promise<Store> {
  const [own, foreign] = [await connect({ url }), await connect({ url })];
  const modules = captures ? [customer, changeCapture, listener] : [customer];
  const host = await createTestHost({ modules, database: own });
  if (captures) await host.resolve(CaptureTriggers).install();
  await host.resolve(Customers).ready(own);
  await host.resolve(Customers).selection(own);
  return { captures, host, own, foreign };
}

async function close({ host, own, foreign }: Store): Promise<void> {
  await host.close();
  await own.close();
  await foreign.close();
}

/** What a run of writes costs. What was captured is dropped afterwards: handing it on is not the writer's. */
async function costOf(store: Store, pid: number | undefined, times: number, write: () => Promise<void>): Promise<Cost> {
  const database = pid === undefined ? () => 0 : () => cpuOf(pid);
  const [writer, server] = [process.cpuUsage(), database()];
  for (let i = 0; i < times; i++) await write();
  const { user, system } = process.cpuUsage(writer);
  const cost: Cost = [(user + system) / times, (database() - server) / times];
  if (store.captures) await store.own.run(sql`DELETE FROM {vestibule_change}`);
  return cost;
}

const text = (costs: readonly Cost[]): string =>
  `${median(costs.map(([writer]) => writer)).toFixed(0)}+${median(costs.map(([, database]) => database)).toFixed(0)}`;

/** How much more the second cost than the first, in percent: the median of rounds. */
function more(before: readonly Cost[], after: readonly Cost[], of: (cost: Cost) => number): number {
  return median(after.map((cost, round) => (of(cost) / of(before[round] ?? [Number.NaN, Number.NaN]) - 1) * 100));
}
const sums = (some: readonly Cost[], others: readonly Cost[]): Cost[] =>
  others.map(([writer, database], round) => [(some[round]?.[0] ?? 0) + writer, (some[round]?.[1] ?? 0) + database]);
const whole = ([writer, database]: Cost): number => writer + database;

/** A write to be compared, of the i-th customer. */
interface Compared {
  readonly name: string;
  readonly foreign: boolean;
  /** Somebody wants to be told of own writes; nobody does without it. */
  readonly listening?: boolean;
  readonly write: (store: Store, id: number) => Promise<unknown>;
}

/** What this host writes: with somebody who listens, each change leaves a row. */
const ownWrites = (whose: string, listening: boolean): readonly Compared[] => {
  const email = (id: number): string => `${whose}${id}@example.com`;
  const name = (what: string): string => `own: a customer is ${what}${listening ? ', somebody listens' : ''}`;
  const at = new Date();
  return [
    {
      name: name('created'),
      foreign: false,
      listening,
      write: ({ own, host }, id) => {
        const attributes = { email: email(id), firstname: 'Ada', lastname: 'L' };
        return own.transaction((tx) => host.resolve(Customers).createState(tx, { websiteId: 1, attributes }, at));
      },
    },
    {
      name: name('renamed'),
      foreign: false,
      listening,
      write: ({ own, host }, id) =>
        own.transaction(async (tx) => {
          const customers = host.resolve(Customers);
          const current = await customers.findByEmail(tx, 1, email(id), { forUpdate: true });
          if (!current) throw new Error(`customer ${id} was not made`);
          return customers.update(tx, current, { firstname: `Ada ${id}` }, at);
        }),
    },
    {
      name: 'own: the same by SQL, which leaves no row',
      foreign: false,
      listening,
      write: ({ own }, id) =>
        own.transaction((tx) =>
          tx.run(
            sql`UPDATE {customer_entity} SET firstname = ${`Eve ${id}`} WHERE email = ${email(id)} AND website_id = 1`,
          ),
        ),
    },
  ];
};

async function comparedWrites({ own }: Store): Promise<readonly Compared[]> {
  const attributes = await own.all<{ attribute_id: number }>(
    sql`SELECT attribute_id FROM {eav_attribute} ORDER BY attribute_id LIMIT 3`,
  );
  const foreign = writesOf(attributes.map((row) => row.attribute_id)).map(({ name, statements }) => ({
    name,
    foreign: true,
    write: (store: Store, id: number) => store.foreign.transaction((tx) => statements(tx, id)),
  }));
  return [...foreign, ...ownWrites('quiet', false), ...ownWrites('told', true).slice(0, 2)];
}

/** The costs of one kind of write in both stores, round by round; they take turns, and begin in turns. */
async function costsOf(
  { write, listening = false }: Compared,
  stores: readonly [Store, Store],
  pid: number | undefined,
  { rounds, times }: { readonly rounds: number; readonly times: number },
): Promise<readonly [Cost[], Cost[]]> {
  const costs: [Cost[], Cost[]] = [[], []];
  somebodyListens = listening;
  const ids = [0, 0];
  // The first rounds warm everything up.
  for (let round = -2; round < rounds; round++)
    for (const which of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const cost = await costOf(stores[which], pid, times, async () => {
        ids[which] = (ids[which] ?? 0) + 1;
        await write(stores[which], ids[which] ?? 0);
      });
      if (round >= 0) costs[which].push(cost);
    }
  return costs;
}

/**
 * What capture costs those who write customers: storefronts past the host, by triggers, and the host itself, by the row
 * that it leaves. Stores with and without it take turns; CPU of the writing process and of the database.
 * True where foreign writes, each kind once, became dearer by no more than 40 % on both engines.
 */
export async function captureBench(rounds = 9, times = 300): Promise<boolean> {
  const head = ['engine', 'write', 'without', 'captured', 'more', 'of the database'];
  const rows: string[][] = [head];
  let worst = 0;
  const server = await startMariadb({ bufferPool: 512, throwaway: false });
  const files = ['bare', 'captured'].map((name) => join(tmpdir(), `vestibule-bench-${process.pid}-${name}.sqlite`));
  try {
    const admin = await mysql.createConnection(server.url);
    const urls: string[] = [];
    for (const name of ['bare', 'captured']) {
      await admin.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`);
      urls.push(`${server.url}/${name}`);
    }
    await admin.end();
    for (const [name, [bare = '', captured = ''], pid] of [
      ['MariaDB', urls, server.pid],
      ['SQLite', files.map((file) => `sqlite:${file}`), undefined],
    ] as const) {
      const stores = [await openStore(bare, false), await openStore(captured, true)] as const;
      const foreign: [Cost[], Cost[]] = [[], []];
      const add = (what: string, [before, after]: readonly [readonly Cost[], readonly Cost[]]): number => {
        const dearer = more(before, after, whole);
        const ofDatabase = pid === undefined ? '–' : `${more(before, after, ([, cost]) => cost).toFixed(0)} %`;
        rows.push([name, what, text(before), text(after), `${dearer.toFixed(0)} %`, ofDatabase]);
        return dearer;
      };
      for (const compared of await comparedWrites(stores[0])) {
        const costs = await costsOf(compared, stores, pid, { rounds, times });
        add(compared.name, costs);
        if (compared.foreign) for (const which of [0, 1] as const) foreign[which] = sums(foreign[which], costs[which]);
      }
      worst = Math.max(worst, add('each of the foreign ones once', foreign));
      for (const store of stores) await close(store);
    }
  } finally {
    await server.stop();
    for (const file of files) for (const part of ['', '-wal', '-shm']) await rm(file + part, { force: true });
  }
  console.log(
    `CPU per write in µs, writer+database; medians of ${rounds} rounds of ${times}\n${aligned(rows)}\nForeign writes are dearer by ${worst.toFixed(0)} % (wanted: at most 40 %)`,
  );
  return worst <= 40;
}
