import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { CaptureTriggers, ChangePump, ChangesCaptured } from '../../modules/change-capture/index.ts';
import changeCapture from '../../modules/change-capture/module.ts';
import { connect, createTestHost, defineModule, observe, sql } from '../../modules/framework/index.ts';
import { startMariadb } from '../setup/mariadb.ts';
import { takeSnapshot } from './capture/snapshot.ts';
import { Told } from './capture/told.ts';
import { type Ids, noteValues, Writer } from './capture/writes.ts';

const perRound = 2_000;
const writersAtOnce = 4;
const firstCustomers = 500;

/** Numbers from 0 to 1 that are the same for the same seed. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Writers past the host, all at once, and a pump beside them; after each round what was told is what has changed. */
async function onStore(name: string, url: string, wanted: number): Promise<readonly string[]> {
  let told = new Told();
  const ear = defineModule({
    name: 'ear',
    version: '1.0.0',
    sequence: ['change-capture'],
    observers: [
      observe(ChangesCaptured, {
        id: 'ear.captured',
        when: 'committed',
        handle: ({ changes }) => {
          for (const change of changes) told.add(change);
        },
      }),
    ],
  });
  const own = await connect({ url });
  const foreign = await connect({ url });
  const host = await createTestHost({ modules: [changeCapture, ear], database: own });
  const problems: string[] = [];
  let [writes, changes] = [0, 0];
  try {
    await host.resolve(CaptureTriggers).install();
    const pump = host.resolve(ChangePump);
    const ids: Ids = { customer: firstCustomers, address: 1, value: 0, values: new Map() };
    for (let id = 1; id <= firstCustomers; id++)
      await foreign.run(
        sql`INSERT INTO {customer_entity} (entity_id, website_id, email) VALUES (${id}, 1, ${`c${id}@example.com`})`,
      );
    await pump.pump();
    const attributes = await own.all<{ attribute_id: number }>(sql`SELECT attribute_id FROM {eav_attribute} LIMIT 3`);
    const writers = Array.from(
      { length: writersAtOnce },
      (_, i) =>
        new Writer(
          foreign,
          attributes.map((row) => row.attribute_id),
          ids,
          numbers(i + 1),
        ),
    );
    const began = performance.now();
    let before = await takeSnapshot(own);
    for (let round = 1; writes < wanted; round++) {
      told = new Told();
      await noteValues(own, ids);
      let writing = true;
      const pumping = (async () => {
        while (writing) {
          await pump.pump();
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      })();
      const goal = writes + perRound;
      const written = () => writers.reduce((sum, writer) => sum + writer.writes, 0);
      await Promise.all(
        writers.map(async (writer) => {
          while (written() < goal) await writer.write();
        }),
      );
      writes = written();
      writing = false;
      await pumping;
      await pump.pump();
      const after = await takeSnapshot(own);
      for (const problem of told.compare(before, after)) problems.push(`${name}, round ${round}: ${problem}`);
      before = after;
      changes += told.changes;
    }
    const left = await own.first<{ n: number }>(sql`SELECT COUNT(*) AS n FROM {vestibule_change}`);
    if (left?.n !== 0) problems.push(`${name}: ${left?.n} rows were left in the table of changes`);
    const seconds = Math.round((performance.now() - began) / 1000);
    console.log(`${name}: ${writes} writes, ${changes} changes told, ${problems.length} problems, ${seconds} s`);
    for (const problem of problems.slice(0, 50)) console.log(`  PROBLEM: ${problem}`);
  } finally {
    await host.close();
    await own.close();
    await foreign.close();
  }
  return problems;
}

/** Random SQL by several writers past the host: what is told of each round is the difference of snapshots around it. */
export async function captureCampaign(writes = 100_000): Promise<boolean> {
  const problems: string[] = [];
  const server = await startMariadb();
  const file = join(tmpdir(), `vestibule-capture-${process.pid}.sqlite`);
  try {
    const admin = await mysql.createConnection(server.url);
    await admin.query('CREATE DATABASE capture CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci');
    await admin.end();
    problems.push(...(await onStore('MariaDB', `${server.url}/capture`, Math.ceil(writes / 2))));
    problems.push(...(await onStore('SQLite', `sqlite:${file}`, Math.floor(writes / 2))));
  } finally {
    await server.stop();
    for (const part of ['', '-wal', '-shm']) await rm(file + part, { force: true });
  }
  return problems.length === 0;
}
