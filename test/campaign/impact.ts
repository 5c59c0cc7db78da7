import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type MappingDocument, presetFor, UserMapping } from '../../modules/attribute-mapping/index.ts';
import { Connections } from '../../modules/connection/index.ts';
import { connect, sql } from '../../modules/framework/index.ts';
import { MappingImpact, MappingRuns } from '../../modules/provisioning/index.ts';
import { openHost } from '../provisioning/host.ts';
import { seedUsers } from '../provisioning/search/seed.ts';
import type { OpenedDatabase, TestEngine } from '../setup/databases.ts';
import { startMariadb } from '../setup/mariadb.ts';

/** What a run may add to memory (the heap, and arrays of numbers beside it), however many customers it goes through. */
const mostHeap = 96 * 2 ** 20;
/** Of a run the memory is looked at this often. */
const every = 5_000;

/** Garbage is no growth: it is collected before memory is looked at. */
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What the process holds on to, garbage aside. */
function held(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** A mapping by which everybody's address comes from elsewhere. */
const addressed = (row: object): MappingDocument => {
  const { version, rows } = presetFor('generic');
  const others = rows.filter(({ target }) => target !== 'email');
  return { version, rows: [...others, { id: 'moved', target: 'email', ...row } as MappingDocument['rows'][number]] };
};
const movedAway = addressed({ type: 'template', template: 'moved.{userName}' });
const allTheSame = addressed({ type: 'constant', value: 'same@example.com' });

const mib = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;

interface Counted {
  readonly changes?: number;
  readonly changed?: number;
  readonly same: number;
  readonly fails?: number;
  readonly failed?: number;
  readonly targets?: Readonly<Record<string, number>>;
}

/** Goes through a run, and says how fast it was and how much memory it took. */
async function measured<E extends { readonly kind: string }>(
  what: string,
  count: number,
  run: AsyncGenerator<E>,
): Promise<{ summary: (E & Counted) | undefined; grown: number }> {
  const before = held();
  let [grown, resident, seen] = [0, 0, 0];
  let summary: E | undefined;
  const began = performance.now();
  for await (const event of run) {
    if (event.kind === 'summary') summary = event;
    if (event.kind !== 'progress' || (event as E & { done: number }).done < seen) continue;
    seen += every;
    grown = Math.max(grown, held() - before);
    resident = Math.max(resident, process.memoryUsage().rss);
  }
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `  ${what}: ${count} customers in ${seconds.toFixed(1)} s (${Math.round(count / seconds)} a second), memory grew by ${mib(grown)} at most, resident ${mib(resident)}`,
  );
  return { summary: summary as (E & Counted) | undefined, grown };
}

async function onDatabase(name: string, opened: OpenedDatabase, count: number): Promise<boolean> {
  const problems: string[] = [];
  const engine: TestEngine = { name: 'sqlite', open: async () => opened };
  const host = await openHost(engine, { database: opened });
  try {
    const began = performance.now();
    await seedUsers(host, count);
    console.log(`${name}: ${count} linked customers written in ${Math.round((performance.now() - began) / 1000)} s`);
    const connection = await host.host.resolve(Connections).byId(host.database, 1);
    if (!connection) throw new Error('the first connection is missing');
    const mapping = host.host.resolve(UserMapping);
    const impact = (document?: MappingDocument) =>
      host.host.resolve(MappingImpact).run(connection, document && mapping.compiled(connection, document));
    const check = (what: string, is: boolean): void => {
      if (!is) problems.push(what);
    };
    const first = await measured('impact, everybody changes', count, impact());
    check('the impact did not see everybody change', first.summary?.changes === count);
    const applied = await measured(
      'apply, everybody changes',
      count,
      host.host.resolve(MappingRuns).apply(connection, 'campaign'),
    );
    check('not everybody was changed', applied.summary?.changed === count);
    const again = await measured('impact, nobody changes', count, impact());
    check('somebody would change again', again.summary?.same === count);
    const moved = await measured('impact, everybody moves to another address', count, impact(movedAway));
    check('not everybody would move', moved.summary?.changes === count && moved.summary?.targets?.email === count);
    const same = await measured('impact, everybody comes to the same address', count, impact(allTheSame));
    check('not all but one would fail', same.summary?.changes === 1 && same.summary?.fails === count - 1);
    for (const { grown } of [first, applied, again, moved, same])
      check(`memory grew by ${mib(grown)}`, grown <= mostHeap);
    const records = await host.row<{ n: number }>(
      sql`SELECT COUNT(*) AS n FROM {vestibule_activity_pending} WHERE entry LIKE '%"user.remap"%'`,
    );
    check(`${records.n} changes were recorded`, records.n === count);
  } finally {
    await host.close();
  }
  for (const problem of problems) console.log(`  PROBLEM: ${problem}`);
  return problems.length === 0;
}

/**
 * An impact run, its application, and impact runs after it in which nobody changes and in which everybody's address does, over
 * `count` (100,000) linked customers on each engine. VESTIBULE_TEST_ENGINES names one.
 */
export async function impactCampaign(count = 100_000): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-impact-'));
  const wanted = (process.env.VESTIBULE_TEST_ENGINES ?? 'sqlite,mysql').split(',');
  const mariadb = wanted.includes('mysql') ? await startMariadb() : undefined;
  const opened = async (url: string): Promise<OpenedDatabase> => {
    const database = await connect({ url });
    return { url, database, dispose: () => database.close() };
  };
  try {
    if (mariadb) {
      const admin = await connect({ url: `${mariadb.url}/mysql` });
      await admin.run(sql`CREATE DATABASE campaign_impact CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`);
      await admin.close();
    }
    let good = true;
    for (const [name, url] of [
      ...(mariadb ? [['MariaDB', `${mariadb.url}/campaign_impact`] as const] : []),
      ...(wanted.includes('sqlite') ? [['SQLite', `sqlite:${join(folder, 'impact.sqlite')}`] as const] : []),
    ]) {
      const database = await opened(url);
      good = (await onDatabase(name, database, count)) && good;
      await database.dispose();
    }
    return good;
  } finally {
    await mariadb?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
