import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { connect, csvCell, type Database, sql } from '../../modules/framework/index.ts';
import { startMariadb } from '../setup/mariadb.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));
/** The heap that a command gets, however many customers the file has: it dies where that is too little. */
const heapMiB = 160;
const kills = 5;

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly seconds: number;
  /** Of the whole process, in MiB. */
  readonly peak: number;
}

/** Runs a command in a process of its own; `dies` kills it some time after it has said how far it is. */
async function run(databaseUrl: string, argv: readonly string[], dies = false): Promise<Ran> {
  const began = performance.now();
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMiB}`, '--import', 'tsx', 'cli.ts', ...argv], {
    cwd: project,
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      CRYPT_KEY: '0123456789abcdef0123456789ABCDEF',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err, peak] = ['', '', 0];
  child.stdout.on('data', (piece: Buffer) => {
    out += piece;
  });
  child.stderr.on('data', (piece: Buffer) => {
    err += piece;
    if (dies && /^\d+ %/m.test(err)) setTimeout(() => child.kill('SIGKILL'), Math.random() * 2_000);
  });
  const look = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid));
  }, 100);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(look);
  return { code, out, err, seconds: (performance.now() - began) / 1000, peak };
}

function peakOf(pid: number | undefined): number {
  try {
    const [, kib = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kib) / 1024;
  } catch {
    return 0;
  }
}

/** A file of customers, every second of them with an address, every tenth with two. */
async function writeFile(path: string, count: number, name: string): Promise<void> {
  const file = createWriteStream(path);
  const columns = ['email', '_website', 'firstname', 'lastname', '_group', 'dob', 'taxvat', 'created_at'];
  const address = ['street', 'city', 'country_id', 'region', 'postcode', 'telephone'].map((code) => `_address_${code}`);
  const line = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;
  file.write(line([...columns, ...address, '_address_default_billing_', '_address_default_shipping_']));
  const nowhere = Array<string>(8).fill('');
  for (let at = 0; at < count; at++) {
    const customer = [
      `${name}${at}@shop.example`,
      'base',
      'Ada',
      `Lovelace ${at}`,
      at % 3 === 0 ? 'Wholesale' : 'General',
      '1815-12-10',
      `=DE${at}`,
      '2020-01-02 03:04:05',
    ];
    const place = [`${at} Main St`, 'Austin', 'US', 'TX', '78701', '+1 512', '1', '1'];
    const text = line([...customer, ...(at % 2 === 0 ? place : nowhere)]);
    const more =
      at % 10 === 0
        ? line([...Array<string>(columns.length).fill(''), `${at} Side St`, ...place.slice(1, 6), '0', '0'])
        : '';
    if (!file.write(text + more)) await new Promise<void>((resolve) => file.once('drain', resolve));
  }
  file.end();
  await finished(file);
}

const digestOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest('hex');
};

async function onDatabase(name: string, url: string, folder: string, count: number): Promise<boolean> {
  const problems: string[] = [];
  const check = (what: string, is: boolean): void => void (is || problems.push(what));
  const told = (what: string, { seconds, peak }: Ran, of = count): void =>
    console.log(
      `  ${what}: ${of} customers in ${seconds.toFixed(1)} s (${Math.round(of / seconds)} a second, start included), resident ${Math.round(peak)} MiB at most`,
    );
  const upgraded = await run(url, ['setup:upgrade']);
  check(`setup:upgrade: ${upgraded.err}`, upgraded.code === 0);
  console.log(`${name}, heap limited to ${heapMiB} MiB`);
  const file = join(folder, `${name}.csv`);
  await writeFile(file, count, 'killed');
  const importing = ['customer:import', '--file', file, '--errors', join(folder, `${name}-errors.csv`)];
  let killed = 0;
  while (killed < kills && (await run(url, importing, true)).code === null) killed += 1;
  check(`it was killed ${killed} times`, killed === kills);
  const last = await run(url, [...importing, '--json']);
  console.log(`  import under kill -9: went on ${killed} times`);
  check(`import: ${last.code} ${last.out} ${last.err}`, last.code === 0 && resultOf(last).created === count);
  await withDatabase(url, async (database) => {
    const one = async (query: ReturnType<typeof sql>) => (await database.first<{ n: number }>(query))?.n ?? 0;
    check(
      'customers are missing, or there twice',
      (await one(sql`SELECT COUNT(*) AS n FROM {customer_entity}`)) === count,
    );
    const addresses = Math.ceil(count / 2) + Math.ceil(count / 10);
    const found = await one(sql`SELECT COUNT(*) AS n FROM {customer_address_entity}`);
    check(`${found} addresses instead of ${addresses}`, found === addresses);
    const recorded = await one(
      sql`SELECT COUNT(*) AS n FROM {vestibule_activity_pending} WHERE entry LIKE '%"customer.create"%'`,
    );
    check(`${recorded} creations were recorded`, recorded === count);
  });

  const other = join(folder, `${name}-other.csv`);
  await writeFile(other, count, 'whole');
  const whole = await run(url, ['customer:import', '--file', other, '--json']);
  told('import, creating', whole);
  check(`import: ${whole.code} ${whole.err}`, whole.code === 0 && resultOf(whole).created === count);
  const exported = [1, 2].map((at) => join(folder, `${name}-${at}.csv`)) as [string, string];
  const first = await run(url, ['customer:export', '--output', exported[0], '--json']);
  told('export', first, 2 * count);
  const over = await run(url, ['customer:import', '--file', exported[0], '--json']);
  told('import over itself', over);
  check(`over itself: ${over.out} ${over.err}`, over.code === 0 && resultOf(over).unchanged === 2 * count);
  const dry = await run(url, ['customer:import', '--file', file, '--dry-run', '--only', 'create', '--json']);
  told('dry run', dry);
  await run(url, ['customer:export', '--output', exported[1], '--json']);
  check('the exports differ', (await digestOf(exported[0])) === (await digestOf(exported[1])));
  for (const problem of problems) console.log(`  PROBLEM: ${problem}`);
  return problems.length === 0;
}

const resultOf = ({ out }: Ran) => JSON.parse(out) as { created: number; unchanged: number };

async function withDatabase(url: string, work: (database: Database) => Promise<void>): Promise<void> {
  const database = await connect({ url });
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

/** Imports of `count` (100,000) customers under `kill -9`, and exports, with a small heap, on each engine. */
export async function transferCampaign(count = 100_000): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-transfer-'));
  const mariadb = await startMariadb();
  try {
    await withDatabase(`${mariadb.url}/mysql`, async (admin) => {
      await admin.run(sql`CREATE DATABASE campaign_transfer CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`);
    });
    const onSqlite = await onDatabase('SQLite', `sqlite:${join(folder, 'store.sqlite')}`, folder, count);
    return (await onDatabase('MariaDB', `${mariadb.url}/campaign_transfer`, folder, count)) && onSqlite;
  } finally {
    await mariadb.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
