import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { connect, type Database, type Sql, sql } from '../../modules/framework/index.ts';
import { serversOn } from '../campaign/webhooks/servers.ts';
import { startMariadb } from '../setup/mariadb.ts';
import { createClient } from './client.ts';
import { cpuOf } from './process-usage.ts';
import { aligned } from './report.ts';

/** What is wanted: 95 of 100 changes are on their way so many milliseconds after their commit. */
const wanted = 1_000;
const perSecond = 25;

/** A receiver that notes when it first heard of an id. */
async function openReceiver() {
  const heard = new Map<number, number>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const { data } = JSON.parse(body) as { data: { id: number } };
    if (!heard.has(data.id)) heard.set(data.id, performance.now());
    response.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { port, heard, close: () => server.close() };
}

/** Makes `count` changes at a steady pace; answers when each was committed, by the id that is told. */
async function paced(count: number, change: (n: number) => Promise<number>): Promise<Map<number, number>> {
  const committed = new Map<number, number>();
  const began = performance.now();
  for (let n = 0; n < count; n++) {
    committed.set(await change(n), performance.now());
    await pause(Math.max(0, began + ((n + 1) * 1_000) / perSecond - performance.now()));
  }
  return committed;
}

/** Milliseconds that each took, ascending, once all have arrived. */
async function waits(committed: ReadonlyMap<number, number>, heard: ReadonlyMap<number, number>): Promise<number[]> {
  for (let i = 0; i < 600 && [...committed.keys()].some((id) => !heard.has(id)); i++) await pause(50);
  return [...committed]
    .map(([id, at]) => Math.max(0, (heard.get(id) ?? Number.POSITIVE_INFINITY) - at))
    .sort((a, b) => a - b);
}

const address = (id: number, customer: number): Sql =>
  sql`(${id}, ${customer}, 'Austin', 'US', 'Ada', 'Lovelace', '1 Rose Ave', '1')`;
const columns = sql`entity_id, parent_id, city, country_id, firstname, lastname, street, telephone`;

/** As many changes as an import makes, at once: resolves when the last of them has arrived, with the seconds since the first. */
async function burst(database: Database, count: number, heard: Map<number, number>): Promise<number> {
  heard.clear();
  for (let from = 0; from < count; from += 500)
    await database.transaction(async (tx) => {
      for (let n = from; n < Math.min(count, from + 500); n++)
        tx.later(
          sql`INSERT INTO {customer_address_entity} (${columns}) VALUES ${address(1_000_000 + n, 20_000 + (n % 400))}`,
        );
    });
  while (heard.size < count) await pause(20);
  const times = [...heard.values()];
  return (Math.max(...times) - Math.min(...times)) / 1_000;
}

/**
 * From the commit of a change to the first attempt at its delivery: by an identity provider over SCIM, and by a
 * storefront that writes SQL past the host; and how many deliveries a second one server makes on this machine, receiver
 * and database included. True when 95 of 100 are within a second.
 */
export async function webhooksBench(changes = 300, atOnce = 4_000): Promise<boolean> {
  const mariadb = await startMariadb({ throwaway: false });
  const receiver = await openReceiver();
  try {
    const admin = await connect({ url: `${mariadb.url}/mysql` });
    await admin.run(sql`CREATE DATABASE bench_webhooks CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`);
    await admin.close();
    const url = `${mariadb.url}/bench_webhooks`;
    const servers = serversOn(url, {
      CONFIG__DEFAULT__WEBHOOK__SECURITY__ALLOWED_HOSTS: `127.0.0.1:${receiver.port}`,
      CONFIG__DEFAULT__CONNECTION__LIMITS__REQUESTS_PER_SECOND: '0',
    });
    const server = await servers.start();
    const create = ['connection:create', '--code', 'bench', '--name', 'Bench'];
    const { token } = await servers.command<{ token: string }>(...create);
    const destination = `http://127.0.0.1:${receiver.port}/`;
    await servers.command('webhook:create', '--scope', 'store/customer/*', '--destination', destination);
    const database = await connect({ url });
    const client = createClient(server.url, token, 4);

    const own = await paced(changes, async (n) => {
      const userName = `own${n}@bench.example`;
      const body = { userName, emails: [{ value: userName }], name: { givenName: 'Ada', familyName: 'Bench' } };
      const answer = await client.send({ method: 'POST', path: '/scim/v2/Users', body });
      return Number((JSON.parse(answer.body) as { id: string }).id);
    });
    const ownWaits = await waits(own, receiver.heard);
    const foreign = await paced(changes, async (n) => {
      const id = 20_000 + n;
      await database.run(
        sql`INSERT INTO {customer_entity} (entity_id, website_id, email) VALUES (${id}, 1, ${`f${id}@bench.example`})`,
      );
      return id;
    });
    const foreignWaits = await waits(foreign, receiver.heard);
    for (let id = 20_000 + changes; id < 20_400; id++)
      await database.run(
        sql`INSERT INTO {customer_entity} (entity_id, website_id, email) VALUES (${id}, 1, ${`f${id}@bench.example`})`,
      );
    await pause(1_500);
    const processes = [server.child.pid ?? 0, mariadb.pid];
    const before = processes.map(cpuOf);
    const seconds = await burst(database, atOnce, receiver.heard);
    const [host = 0, store = 0] = processes.map((pid, i) => (cpuOf(pid) - (before[i] ?? 0)) / atOnce);

    client.close();
    await database.close();
    await server.stop();
    const at = (list: readonly number[], part: number) =>
      list[Math.floor(list.length * part)] ?? Number.POSITIVE_INFINITY;
    const row = (name: string, list: readonly number[]) => [
      name,
      String(list.length),
      ...[0.5, 0.95, 0.999].map((part) => `${Math.round(at(list, part))} ms`),
    ];
    console.log(
      aligned([
        ['commit → first attempt', 'changes', 'p50', 'p95', 'max'],
        row('own (SCIM)', ownWaits),
        row('foreign (SQL)', foreignWaits),
      ]),
    );
    console.log(
      `${atOnce} changes at once: ${Math.round(atOnce / seconds)} deliveries per second; CPU per change, from its capture to its delivery: ${Math.round(host)} µs of the server, ${Math.round(store)} µs of the database`,
    );
    return at(ownWaits, 0.95) < wanted && at(foreignWaits, 0.95) < wanted;
  } finally {
    receiver.close();
    await mariadb.stop();
  }
}
