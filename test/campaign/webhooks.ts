import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connect, sql } from '../../modules/framework/index.ts';
import { startMariadb } from '../setup/mariadb.ts';
import { createHistory } from './webhooks/history.ts';
import { openReceivers, paths } from './webhooks/receivers.ts';
import { type Server, type Servers, serversOn } from './webhooks/servers.ts';
import { hurry, isDrained, makeWebsites, writeChanges } from './webhooks/writer.ts';

const usual = 100_000;
/** Milliseconds between two kills. */
const every = 10_000;
/** Changes a second, so that a small run has its kills as well. */
const paceOf = (size: number): number => Math.min(400, size / 60);
/** Without an acknowledgement for so long, what is left is lost. */
const patience = 240_000;

/** Kills one server after the other, and starts it again at once. */
async function killing(servers: Servers, running: Server[], over: () => boolean): Promise<number> {
  for (let kills = 0; ; kills++) {
    for (const until = Date.now() + every; Date.now() < until && !over(); ) await pause(50);
    if (over()) return kills;
    const at = kills % running.length;
    await running[at]?.kill();
    running[at] = await servers.start();
  }
}

async function onDatabase(name: string, url: string, size: number, replicas: number): Promise<boolean> {
  const history = createHistory();
  const secrets = new Map<string, string>();
  const problems: string[] = [];
  const receivers = await openReceivers(
    history,
    (path) => secrets.get(path),
    (path) => problems.push(`${path} got a request with a wrong signature`),
  );
  const servers = serversOn(url, { CONFIG__DEFAULT__WEBHOOK__SECURITY__ALLOWED_HOSTS: `127.0.0.1:${receivers.port}` });
  const running = [await servers.start()];
  while (running.length < replicas) running.push(await servers.start());
  const database = await connect({ url });
  await makeWebsites(database);
  for (const [receiver, path] of paths.entries()) {
    const destination = `http://127.0.0.1:${receivers.port}${path}`;
    const website = `campaign${receiver}`;
    const { secret } = await servers.command<{ secret: string }>(
      'webhook:create',
      '--scope',
      'store/customer/*',
      '--destination',
      destination,
      '--website',
      website,
    );
    secrets.set(path, secret);
  }
  const began = Date.now();
  let [writing, calm] = [true, false];
  const writer = writeChanges(database, history, size, paceOf(size)).finally(() => {
    writing = false;
  });
  const kills = killing(servers, running, () => calm);
  let [last, since] = [-1, Date.now()];
  for (let shown = Date.now(); writing || !(await isDrained(database)); await pause(250)) {
    const { changes, acknowledged } = history.count();
    if (acknowledged !== last) [last, since] = [acknowledged, Date.now()];
    // The end is not chased for ever: receivers that fail, and processes that die, would go on to make work.
    if (!writing && acknowledged >= changes * 0.95) calm = true;
    if (!writing && Date.now() - since > patience) break;
    if (Date.now() - shown > 10_000) {
      if (calm && acknowledged >= changes * 0.99) {
        receivers.mend();
        await hurry(database);
      }
      shown = Date.now();
      process.stderr.write(`${name}: ${changes} changes, ${acknowledged} acknowledged\n`);
    }
  }
  await writer;
  calm = true;
  const killed = await kills;
  const seconds = (Date.now() - began) / 1_000;
  for (const server of running) {
    const { ms, code } = await server.stop();
    if (code !== 0 || ms > 10_000) problems.push(`a server ended with ${code} after ${ms} ms`);
  }
  const stuck = await database.first<{ n: number }>(
    sql`SELECT COUNT(*) AS n FROM {vestibule_webhook_delivery} WHERE state <> 'delivered'`,
  );
  if (stuck?.n !== 0) problems.push(`${stuck?.n} deliveries are not delivered`);
  await database.close();
  receivers.close();
  problems.push(...history.contradictions());
  const { changes, acknowledged, duplicates } = history.count();
  const waits = receivers.waits.sort((a, b) => a - b);
  const at = (part: number) => waits[Math.floor(waits.length * part)];
  console.log(
    `${name}: ${changes} changes in ${Math.round(seconds)} s, ${killed} kills of ${replicas} server(s); ${acknowledged} told, ${duplicates} of them again under their id, ${receivers.requests()} requests; wait for the first attempt p50 ${at(0.5)} ms, p95 ${at(0.95)} ms; ${problems.length} contradictions`,
  );
  for (const problem of problems.slice(0, 20)) console.log(`  ${problem}`);
  return problems.length === 0 && acknowledged === size;
}

/**
 * `size` changes (100,000) by raw SQL to customers of ten websites, each told to a receiver of its own, three of which
 * fail in different ways, while servers are killed every ten seconds: none is lost, each customer's come in order, and
 * what comes twice comes under the same id. On MariaDB two servers share the work. VESTIBULE_TEST_ENGINES names one engine.
 */
export async function webhooksCampaign(size = usual): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-webhooks-'));
  const mariadb = await startMariadb();
  try {
    const admin = await connect({ url: `${mariadb.url}/mysql` });
    await admin.run(sql`CREATE DATABASE campaign_webhooks CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`);
    await admin.close();
    const wanted = (process.env.VESTIBULE_TEST_ENGINES ?? 'sqlite,mysql').split(',');
    const both: boolean[] = [];
    if (wanted.includes('sqlite'))
      both.push(await onDatabase('SQLite', `sqlite:${join(folder, 'webhooks.sqlite')}`, size, 1));
    if (wanted.includes('mysql')) both.push(await onDatabase('MariaDB', `${mariadb.url}/campaign_webhooks`, size, 2));
    return both.length > 0 && both.every((fine) => fine);
  } finally {
    await mariadb.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
