import { Connections } from '../../modules/connection/index.ts';
import { Clock, connect, createTestHost, type Database, raw } from '../../modules/framework/index.ts';
import { purgeGuard } from '../../modules/provisioning/guard/job/purge.ts';
import provisioning from '../../modules/provisioning/module.ts';
import { beginLife, randomNumbers } from '../provisioning/guard/life.ts';
import { startMariadb } from '../setup/mariadb.ts';

/** Companies of all sizes, with the share of the days that each of them lives. */
const companies = [
  { size: 12, share: 0.25 },
  { size: 40, share: 0.25 },
  { size: 120, share: 0.25 },
  { size: 400, share: 0.15 },
  { size: 2_600, share: 0.1 },
] as const;

const daysBetweenWaves = 50;

/** Lives through `days` of companies of all sizes on one engine; each company has a database of its own. */
async function onEngine(
  name: string,
  open: (size: number) => Promise<Database>,
  days: number,
  seed: number,
): Promise<boolean> {
  const problems: string[] = [];
  let [lived, waves, held, requests] = [0, 0, 0, 0];
  for (const [i, { size, share }] of companies.entries()) {
    let time = Date.parse('2024-05-06T12:00:00.000Z');
    const database = await open(size);
    const host = await createTestHost({
      modules: [provisioning],
      database,
      override: [[Clock, { now: () => new Date(time) }]],
    });
    try {
      const random = randomNumbers(seed * 1_000 + i);
      const connections = host.resolve(Connections);
      const connection = await database.transaction((tx) =>
        connections.create(tx, { code: `c${size}`, name: `A company of ${size}`, websiteId: 1 }, new Date(time)),
      );
      const advance = (seconds: number): void => {
        time += seconds * 1000;
      };
      const life = await beginLife({ host, database, advance, connection, size, random });
      const began = performance.now();
      for (let day = 1; day <= Math.ceil(days * share); day++) {
        await life.day();
        lived++;
        if (day % daysBetweenWaves === 0) {
          const wrong = await life.wave();
          if (wrong) problems.push(`${size} people, ${wrong}`);
        }
        if (day % 20 === 0) await purgeGuard(database, new Date(time));
      }
      waves += life.waves;
      held += life.held;
      requests += life.requests;
      problems.push(...life.falseTrips.map((trip) => `false trip: ${trip}`));
      console.log(
        `${name}, ${size} people: ${Math.ceil(days * share)} days, ${life.requests} requests, ${life.falseTrips.length} false trips, ${life.waves} waves (${life.held} requests held), ${Math.round((performance.now() - began) / 1000)} s`,
      );
    } finally {
      await host.close();
      await database.close();
    }
  }
  console.log(
    `${name}: ${lived} days, ${requests} requests, ${waves} waves, ${held} requests held, ${problems.length} problems`,
  );
  for (const problem of problems.slice(0, 50)) console.log(`  PROBLEM: ${problem}`);
  return problems.length === 0;
}

async function onMariadb(days: number, seed: number): Promise<boolean> {
  const mariadb = await startMariadb();
  try {
    const open = async (size: number): Promise<Database> => {
      const admin = await connect({ url: `${mariadb.url}/mysql` });
      await admin.run(raw(`CREATE DATABASE campaign_guard_${size} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`));
      await admin.close();
      return connect({ url: `${mariadb.url}/campaign_guard_${size}` });
    };
    return await onEngine('MariaDB', open, days, seed);
  } finally {
    await mariadb.stop();
  }
}

/**
 * 10,000 ordinary days of companies of all sizes on each engine, in which the guard must hold nothing, and every fiftieth
 * day a disaster, which it must stop at its limit; then it is approved or denied, and everything restored.
 */
export async function guardCampaign(days = 10_000, seed = 1): Promise<boolean> {
  const wanted = (process.env.VESTIBULE_TEST_ENGINES ?? 'sqlite,mysql').split(',');
  const sqlite =
    !wanted.includes('sqlite') || (await onEngine('SQLite', () => connect({ url: 'sqlite::memory:' }), days, seed));
  const mysql = !wanted.includes('mysql') || (await onMariadb(days, seed));
  return sqlite && mysql;
}
