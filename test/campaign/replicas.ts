import { connect, type Database, sql } from '../../modules/framework/index.ts';
import { createLoad, type Load } from '../operations/load.ts';
import { scimClient } from '../provisioning/client.ts';
import { startMariadb } from '../setup/mariadb.ts';
import { openReceiver, type Receiver } from '../webhook/delivery/receiver.ts';
import { type Server, type Servers, serversOn } from './webhooks/servers.ts';

const usual = 30;
const replicas = 3;
const clients = 6;
/** Users that each client makes between two restarts. */
const users = 15;
const patience = 120_000;

const count = async (database: Database, query: Parameters<Database['first']>[0]): Promise<number> =>
  Number((await database.first<{ n: number }>(query))?.n);

/** Stops one server after the other and starts it again, while `working`; answers what went wrong. */
async function restarting(servers: Servers, running: Server[], working: () => boolean, round: number) {
  const problems: string[] = [];
  let slowest = 0;
  const at = round % running.length;
  const { ms, code } = (await running[at]?.stop()) ?? { ms: 0, code: 0 };
  slowest = Math.max(slowest, ms);
  if (code !== 0 || ms > 10_000) problems.push(`round ${round}: a server ended with ${code} after ${ms} ms`);
  if (!working()) problems.push(`round ${round}: the load was over before the server was`);
  running[at] = await servers.start();
  return { problems, slowest };
}

async function missing(database: Database, load: Load): Promise<string[]> {
  const rows = await database.all<{ id: number; lastname: string; member: number }>(
    sql`SELECT c.entity_id AS id, c.lastname, (SELECT COUNT(*) FROM {vestibule_group_member} m WHERE m.customer_id = c.entity_id) AS member FROM {customer_entity} c`,
  );
  const found = new Map(rows.map(({ id, ...row }) => [id, row]));
  const problems = load.acknowledged.flatMap(({ id, userName, familyName }) => {
    const row = found.get(Number(id));
    return row?.lastname === familyName && row.member === 1 ? [] : [`${userName} is ${JSON.stringify(row)}`];
  });
  if (rows.length !== load.acknowledged.length)
    problems.push(`${rows.length} customers are there, ${load.acknowledged.length} were acknowledged`);
  return problems;
}

/** Everything that contradicts "each customer is told of, nothing twice, the first thing first". */
function untold({ received }: Receiver, load: Load): string[] {
  const first = new Map<number | string, string>();
  for (const { body, data } of received)
    if (!first.has(data.id)) first.set(data.id, (JSON.parse(body) as { scope: string }).scope);
  const problems = load.acknowledged.flatMap(({ id, userName }) =>
    first.get(Number(id)) === 'store/customer/created' ? [] : [`${userName}: ${first.get(Number(id))} came first`],
  );
  const ids = new Set(received.map(({ id }) => id));
  return ids.size === received.length ? problems : [...problems, `${received.length - ids.size} came twice`];
}

/**
 * Rolling restarts (30) of three servers on one MariaDB under load: every request is answered, by another server where one
 * refused; what was acknowledged is there; each customer is told of once; no server takes longer than ten seconds to end.
 */
export async function replicasCampaign(rounds = usual): Promise<boolean> {
  const mariadb = await startMariadb();
  const receiver = await openReceiver();
  try {
    const admin = await connect({ url: `${mariadb.url}/mysql` });
    await admin.run(sql`CREATE DATABASE campaign_replicas CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`);
    await admin.close();
    const url = `${mariadb.url}/campaign_replicas`;
    const allowed = { CONFIG__DEFAULT__WEBHOOK__SECURITY__ALLOWED_HOSTS: `127.0.0.1:${receiver.port}` };
    const servers = serversOn(url, allowed);
    const running = await Promise.all(Array.from({ length: replicas }, () => servers.start()));
    const hook = ['--scope', 'store/customer/*', '--destination', `http://127.0.0.1:${receiver.port}/in`];
    await servers.command('webhook:create', ...hook);
    const { token } = await servers.command<{ token: string }>('connection:create', '--code', 'load', '--name', 'Load');
    const { json: group } = await scimClient(`${running[0]?.url}/scim/v2`, token).send('POST', '/Groups', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: 'Load',
    });
    const load = createLoad(() => running.map((one) => one.url), token, String(group.id));
    const problems: string[] = [];
    let slowest = 0;
    for (let round = 0; round < rounds; round++) {
      let working = true;
      const work = Promise.all(Array.from({ length: clients }, (_, n) => load.client(`r${round}c${n}`, users))).finally(
        () => {
          working = false;
        },
      );
      const restarted = await restarting(servers, running, () => working, round);
      problems.push(...restarted.problems);
      slowest = Math.max(slowest, restarted.slowest);
      await work;
      process.stderr.write(`round ${round + 1}: ${load.answered()} answered, ${load.refusals()} refused\n`);
    }
    const database = await connect({ url });
    const waiting = sql`SELECT (SELECT COUNT(*) FROM {vestibule_change}) + (SELECT COUNT(*) FROM {vestibule_webhook_lane}) AS n`;
    for (const end = Date.now() + patience; Date.now() < end && (await count(database, waiting)) > 0; )
      await new Promise((resolve) => setTimeout(resolve, 100));
    problems.push(...load.problems, ...(await missing(database, load)), ...untold(receiver, load));
    await database.close();
    for (const server of running) await server.stop();
    console.log(
      `${rounds} rolling restarts of ${replicas} servers: ${load.answered()} requests answered, ${load.refusals()} refused and answered elsewhere, ${load.acknowledged.length} users, ${receiver.received.length} webhooks; the slowest stop took ${Math.round(slowest)} ms; ${problems.length} contradictions`,
    );
    for (const problem of problems.slice(0, 20)) console.log(`  ${problem}`);
    return problems.length === 0;
  } finally {
    await receiver.close();
    await mariadb.stop();
  }
}
