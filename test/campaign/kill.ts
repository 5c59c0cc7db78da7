import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Database, sql } from '../../modules/framework/index.ts';
import { type Client, createClient } from '../bench/client.ts';
import { startVestibule, type Target } from '../bench/targets.ts';
import { startMariadb } from '../setup/mariadb.ts';

const users = '/scim/v2/Users';

/** What the server said it had done, by user: the last family name that was acknowledged, and one that may be there. */
interface Acknowledged {
  id: string;
  familyName: string;
  attempted: string | undefined;
}

async function drive(client: Client, round: number, worker: number, known: Map<string, Acknowledged>): Promise<void> {
  for (let i = 0; ; i++) {
    const userName = `r${round}-w${worker}-${i}@kill.example`;
    const body = {
      userName,
      name: { givenName: 'Kill', familyName: 'New' },
      title: 'Tester',
      emails: [{ value: userName }],
    };
    const made = await client.send({ method: 'POST', path: users, body });
    if (made.status !== 201) throw new Error(`POST answered ${made.status}: ${made.body}`);
    const entry: Acknowledged = {
      id: (JSON.parse(made.body) as { id: string }).id,
      familyName: 'New',
      attempted: undefined,
    };
    known.set(userName, entry);
    entry.attempted = `Renamed${i}`;
    const operation = { op: 'replace', path: 'name.familyName', value: entry.attempted };
    const patched = await client.send({
      method: 'PATCH',
      path: `${users}/${entry.id}`,
      body: { Operations: [operation] },
    });
    if (patched.status !== 200) throw new Error(`PATCH answered ${patched.status}: ${patched.body}`);
    entry.familyName = entry.attempted;
    entry.attempted = undefined;
  }
}

/** Everything that contradicts an acknowledgement. */
async function contradictions(client: Client, known: ReadonlyMap<string, Acknowledged>): Promise<string[]> {
  const found: string[] = [];
  for (const [userName, { id, familyName, attempted }] of known) {
    const answer = await client.send({ method: 'GET', path: `${users}/${id}` });
    const said =
      answer.status === 200 ? (JSON.parse(answer.body) as { name: { familyName: string } }).name.familyName : '';
    if (answer.status !== 200) found.push(`${userName} was acknowledged as ${id} and answers ${answer.status}`);
    else if (said !== familyName && said !== attempted)
      found.push(`${userName} was acknowledged as "${familyName}" and is "${said}"`);
  }
  return found;
}

const halves = sql`SELECT COUNT(*) AS n FROM {customer_entity} c LEFT JOIN {vestibule_user} u ON u.customer_id = c.entity_id LEFT JOIN {vestibule_user_document} d ON d.customer_id = c.entity_id LEFT JOIN {vestibule_user_email} e ON e.customer_id = c.entity_id LEFT JOIN {customer_grid_flat} g ON g.entity_id = c.entity_id LEFT JOIN {customer_entity_varchar} v ON v.entity_id = c.entity_id WHERE u.customer_id IS NULL OR d.customer_id IS NULL OR e.customer_id IS NULL OR g.entity_id IS NULL OR v.entity_id IS NULL`;

async function halfDone(database: Database): Promise<string[]> {
  const row = await database.first<{ n: number }>(halves);
  const unrecorded = await createdWithoutRecord(database);
  return [
    ...(Number(row?.n ?? 0) === 0 ? [] : [`${row?.n} customers are half-done`]),
    ...(unrecorded === 0 ? [] : [`${unrecorded} customers were made without a record`]),
  ];
}

/** Customers of whom no record says that they were made, sealed or not. */
async function createdWithoutRecord(database: Database): Promise<number> {
  const customers = await database.all<{ id: number }>(sql`SELECT entity_id AS id FROM {customer_entity}`);
  const left = new Set(customers.map(({ id }) => id));
  const records = await database.all<{ entry: string }>(
    sql`SELECT entry FROM {vestibule_activity_pending} UNION ALL SELECT entry FROM {vestibule_activity_record}`,
  );
  for (const { entry } of records) {
    const { operation, customer } = JSON.parse(entry) as { operation: string; customer?: number };
    if (operation === 'user.create' && customer !== undefined) left.delete(customer);
  }
  return left.size;
}

async function round(target: Target, number: number, known: Map<string, Acknowledged>): Promise<void> {
  const client = createClient(target.url, target.token, 4);
  const work = Promise.allSettled([0, 1, 2, 3].map((worker) => drive(client, number, worker, known)));
  await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 400));
  process.kill(target.pid, 'SIGKILL');
  await work;
  client.close();
}

async function onDatabase(name: string, url: string, rounds: number): Promise<boolean> {
  const known = new Map<string, Acknowledged>();
  const problems: string[] = [];
  for (let number = 1; number <= rounds; number++) {
    await round(await startVestibule('kill', url, `kill-${number}`), number, known);
    if (number % 10 === 0) process.stderr.write(`${name}: ${number} of ${rounds} rounds\n`);
  }
  const target = await startVestibule('check', url, 'check');
  // Users belong to the connection that made them; the check reads them as the database has them.
  const database = await connect({ url });
  problems.push(...(await halfDone(database)));
  await database.run(
    sql`UPDATE {vestibule_user} SET connection_id = (SELECT connection_id FROM {vestibule_connection} WHERE code = ${'check'})`,
  );
  const client = createClient(target.url, target.token, 4);
  problems.push(...(await contradictions(client, known)));
  client.close();
  await target.stop();
  await database.close();
  console.log(`${name}: ${rounds} kills, ${known.size} users acknowledged, ${problems.length} contradictions`);
  for (const problem of problems.slice(0, 20)) console.log(`  ${problem}`);
  return problems.length === 0 && known.size > 0;
}

/** Kills the server `rounds` times (100) on each engine while four clients create and change users. */
export async function kill(rounds = 100): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-kill-'));
  const mariadb = await startMariadb();
  try {
    const admin = await connect({ url: `${mariadb.url}/mysql` });
    await admin.run(sql`CREATE DATABASE campaign_kill CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`);
    await admin.close();
    const sqlite = await onDatabase('SQLite', `sqlite:${join(folder, 'kill.sqlite')}`, rounds);
    const mysql = await onDatabase('MariaDB', `${mariadb.url}/campaign_kill`, rounds);
    return sqlite && mysql;
  } finally {
    await mariadb.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
