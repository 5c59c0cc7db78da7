import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { connect, sql } from '../../modules/framework/index.ts';
import { startMariadb } from '../setup/mariadb.ts';
import { type Client, createClient } from './client.ts';
import { cpuOf } from './process-cpu.ts';
import { startFloor, startVestibule, type Target } from './targets.ts';
import { jobsOf, type Kind, kinds } from './workload.ts';

/**
 * `npm run bench [-- rounds requests]`: CPU of server plus database per request, against the floor (floor.mjs), in one
 * interleaved run on one MariaDB. The floor runs twice, so that the noise shows: the two floors should be equal.
 */
const rounds = Number(process.argv[2] ?? 5);
const requests = Number(process.argv[3] ?? 3000);
const chunk = Math.min(500, requests);
const inFlight = 4;

const limits: Readonly<Record<Kind, number>> = { create: 1.9, read: 1.3, filter: 1.4, patch: 1.6 };

interface Measured extends Target {
  readonly client: Client;
  readonly created: Map<string, string>;
  /** µs per request, one figure per round. */
  readonly server: Record<Kind, number[]>;
  readonly database: Record<Kind, number[]>;
}

const measured = (target: Target): Measured => ({
  ...target,
  client: createClient(target.url, target.token, inFlight),
  created: new Map(),
  server: { create: [], read: [], filter: [], patch: [] },
  database: { create: [], read: [], filter: [], patch: [] },
});

async function attributesOf(url: string): Promise<Record<string, number>> {
  const database = await connect({ url });
  const rows = await database.all<{ attribute_code: string; attribute_id: number }>(
    sql`SELECT attribute_code, attribute_id FROM {eav_attribute} WHERE entity_type_id = 1`,
  );
  await database.close();
  return Object.fromEntries(rows.map((row) => [row.attribute_code, row.attribute_id]));
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

async function main(): Promise<void> {
  execFileSync(process.execPath, [fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url))], {
    stdio: 'inherit',
  });
  const mariadb = await startMariadb();
  const targets: Measured[] = [];
  try {
    const admin = await connect({ url: `${mariadb.url}/mysql` });
    for (const name of ['floor_a', 'vestibule', 'floor_b']) {
      await admin.run(sql([`CREATE DATABASE bench_${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`]));
      const url = `${mariadb.url}/bench_${name}`;
      const host = await startVestibule('vestibule', url);
      if (name === 'vestibule') targets.push(measured(host));
      else {
        await host.stop();
        targets.push(measured(await startFloor(name, url, await attributesOf(url))));
      }
    }
    await admin.close();
    await warmUp(targets);
    for (let round = 0; round < rounds; round++) {
      for (const kind of kinds) await measure(kind, targets, round, mariadb.pid);
      process.stderr.write(`round ${round + 1} of ${rounds} done\n`);
    }
    report(targets);
  } finally {
    for (const target of targets) {
      target.client.close();
      await target.stop();
    }
    await mariadb.stop();
  }
}

/** Lets the compiler and the caches settle; nothing of it counts. */
async function warmUp(targets: readonly Measured[]): Promise<void> {
  const names = Array.from({ length: chunk * 2 }, (_, i) => `warm-${i}`);
  for (const kind of kinds)
    for (const target of targets) await target.client.run(jobsOf(kind, target.client, names, target.created));
}

async function measure(kind: Kind, targets: readonly Measured[], round: number, databasePid: number): Promise<void> {
  const server = targets.map(() => 0);
  const database = targets.map(() => 0);
  for (let start = 0; start < requests; start += chunk) {
    const names = Array.from({ length: chunk }, (_, i) => `r${round}-${start + i}`);
    for (const [index, target] of targets.entries()) {
      const [serverBefore, databaseBefore] = [cpuOf(target.pid), cpuOf(databasePid)];
      await target.client.run(jobsOf(kind, target.client, names, target.created));
      server[index] = (server[index] ?? 0) + cpuOf(target.pid) - serverBefore;
      database[index] = (database[index] ?? 0) + cpuOf(databasePid) - databaseBefore;
    }
  }
  for (const [index, target] of targets.entries()) {
    target.server[kind].push((server[index] ?? 0) / requests);
    target.database[kind].push((database[index] ?? 0) / requests);
  }
}

/** Server and database together, per round. */
const sums = (target: Measured, kind: Kind): number[] =>
  target.server[kind].map((value, round) => value + (target.database[kind][round] ?? 0));

const cell = (target: Measured, kind: Kind): string =>
  `${median(target.server[kind]).toFixed(0)}+${median(target.database[kind]).toFixed(0)}`.padStart(11);

function report([floorA, vestibule, floorB]: readonly Measured[]): void {
  if (!floorA || !vestibule || !floorB) return;
  console.log(`\nCPU per request in µs, server+database; medians of ${rounds} rounds of ${requests} requests`);
  console.log('kind           floor floor again   vestibule   wanted   ratio (per round)');
  for (const kind of kinds) {
    const [a, b] = [sums(floorA, kind), sums(floorB, kind)];
    const ratios = sums(vestibule, kind).map((value, i) => value / (((a[i] ?? 0) + (b[i] ?? 0)) / 2));
    const ratio = median(ratios);
    const cells = [floorA, floorB, vestibule].map((target) => cell(target, kind)).join(' ');
    const verdict = ratio <= limits[kind] ? '' : '  MISSED';
    const each = ratios.map((value) => value.toFixed(2)).join(' ');
    console.log(`${kind.padEnd(8)} ${cells}    ≤ ${limits[kind]}   ${ratio.toFixed(2)} (${each})${verdict}`);
  }
}

await main();
