import mysql from 'mysql2/promise';
import { connect, join, sql } from '../../modules/framework/index.ts';
import type { MariadbServer } from '../setup/mariadb.ts';
import { createClient } from './client.ts';
import { Runner } from './measure.ts';
import { startPeers } from './peers/start.ts';
import { grownTo, type Phase } from './phase.ts';
import { mappedGroups } from './phases/group.ts';
import { grow } from './seed/grow.ts';
import type { Target } from './targets/process.ts';
import { startFloor, startVestibule } from './targets.ts';

const inFlight = 4;
/** Peers take up to ten times as long; a tenth of the requests is enough for a ratio. */
const peerShare = 1 / 10;

/** Creates an empty database and answers its address. */
export async function createDatabase(mariadb: MariadbServer, name: string): Promise<string> {
  const connection = await mysql.createConnection(mariadb.url);
  await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`);
  await connection.end();
  return `${mariadb.url}/${name}`;
}

async function attributesOf(url: string): Promise<Record<string, number>> {
  const database = await connect({ url });
  const rows = await database.all<{ attribute_code: string; attribute_id: number }>(
    sql`SELECT attribute_code, attribute_id FROM {eav_attribute} WHERE entity_type_id = 1`,
  );
  await database.close();
  return Object.fromEntries(rows.map((row) => [row.attribute_code, row.attribute_id]));
}

/** Customer groups of the store for groups to stand for. */
async function makeCustomerGroups(url: string): Promise<void> {
  const database = await connect({ url });
  const rows = mappedGroups.map((code) => sql`(${code}, 3)`);
  await database.run(sql`INSERT INTO {customer_group} (customer_group_code, tax_class_id) VALUES ${join(rows)}`);
  await database.close();
}

/** The floor stands on the store's own tables, which a start of the host makes. */
async function startOwn(name: string, url: string): Promise<Target> {
  const host = await startVestibule(name, url);
  await makeCustomerGroups(url);
  if (!name.startsWith('floor')) return host;
  await host.stop();
  return startFloor(name, url, await attributesOf(url));
}

/** The floor, Vestibule and the floor again, each on a database of its own, and the peers where they are wanted. */
export async function openStage(
  stage: Phase['stage'],
  mariadb: MariadbServer,
  peers: boolean,
  onStarted: (runner: Runner) => void,
): Promise<void> {
  const drive = (target: Target, share: number) =>
    onStarted(new Runner({ ...target, client: createClient(target.url, target.token, inFlight), people: [] }, share));
  for (const name of ['floor', 'floor again', 'vestibule']) {
    const url = await createDatabase(mariadb, `bench_${stage}_${name.replace(' ', '_')}`);
    const target = await startOwn(name, url);
    drive(target, 1);
    if (stage === 'grown') await grow(target, url, grownTo);
  }
  if (!peers) return;
  await startPeers(
    (name) => createDatabase(mariadb, `bench_${stage}_${name.replaceAll('-', '_')}`),
    stage === 'grown' ? grownTo : 0,
    (peer) => drive(peer, peerShare),
  );
}

/** Stops what `openStage` has started. */
export async function closeStage(runners: readonly Runner[]): Promise<void> {
  for (const { target } of runners) {
    target.client.close();
    await target.stop();
  }
}
