import { rm } from 'node:fs/promises';
import { expect } from 'chai';
import { createContinuity } from '../../../modules/framework/continuity/create-continuity.ts';
import {
  Catalogue,
  type Continuity,
  connect,
  createCatalogue,
  createTestHost,
  DatabaseRestored,
  Events,
  observe,
  silentLogger,
  sql,
  type TestHost,
} from '../../../modules/framework/index.ts';
import { type OpenedDatabase, onBothEngines, sqlite } from '../../setup/databases.ts';
import { room } from '../kernel.ts';

const told: number[] = [];
const ears = room('ears', {
  observers: [
    observe(DatabaseRestored, {
      id: 'ears.restored',
      when: 'transaction',
      handle: ({ restoredMs }) => void told.push(restoredMs),
    }),
  ],
});

onBothEngines('A database', (engine) => {
  let opened: OpenedDatabase;
  let host: TestHost;
  before(async () => {
    opened = await engine.open({ file: true });
    host = await createTestHost({ modules: [ears], database: opened.database });
  });
  after(async () => {
    await host.close();
    await opened.dispose();
  });
  beforeEach(async () => {
    told.length = 0;
    await opened.database.run(sql`DELETE FROM {vestibule_continuity}`);
  });

  /** A server that finds the table made, and the time to be, so and so. */
  const server = (madeMs: number, nowMs: number): Continuity =>
    createContinuity({
      database: opened.database,
      catalogue: { age: async () => ({ madeMs, nowMs }) },
      events: host.resolve(Events),
      logger: silentLogger,
    });
  async function starts(madeMs: number, nowMs: number): Promise<number> {
    const one = server(madeMs, nowMs);
    await one.start();
    const held = one.heldBefore();
    await one.stop();
    return held;
  }

  it('goes on where it was, first start or not', async () => {
    expect([await starts(1_000, 1_000), await starts(1_000, 9_000), await starts(9_000, 10_000)]).to.deep.equal([
      0, 0, 0,
    ]);
    expect(told).to.deep.equal([]);
  });

  it('that is younger than what stands in it was brought back: rooms are told once, by one of all servers', async () => {
    await starts(1_000, 5_000);
    await opened.database.run(sql`INSERT INTO {vestibule_process} (name, started_ms, seen_ms) VALUES ('a.1.1', 1, 1)`);
    const [one, two] = [server(6_000, 7_000), server(6_000, 7_000)];
    await Promise.all([one.start(), two.start()]);
    expect(told).to.deep.equal([7_000]);
    expect([one.heldBefore(), two.heldBefore()]).to.deep.equal([7_000, 7_000]);
    // Whoever was at work when the backup was made is not at work here.
    expect(await opened.database.all(sql`SELECT name FROM {vestibule_process}`)).to.deep.equal([]);
    await one.stop();
    await two.stop();
    expect(await starts(6_000, 8_000)).to.equal(7_000);
    expect(told).to.deep.equal([7_000]);
  });

  it('is brought back where an administrator says so', async () => {
    await starts(1_000, 5_000);
    expect(await server(1_000, 6_000).declare()).to.deep.equal({ restoredMs: 6_000 });
    expect(await server(1_000, 6_500).last(opened.database)).to.deep.equal({ restoredMs: 6_000 });
    expect(told).to.deep.equal([6_000]);
    expect(await starts(1_000, 7_000)).to.equal(6_000);
  });

  it('says when its tables were made, by its own clock', async () => {
    const { madeMs, nowMs } = await host.resolve(Catalogue).age('vestibule_continuity');
    expect(madeMs)
      .to.be.above(nowMs - 600_000)
      .and.at.most(nowMs);
    expect(nowMs).to.be.closeTo(Date.now(), 60_000);
    // To the millisecond: whole seconds would take what was written just before a start for something new.
    const fractions = new Set<number>();
    for (let look = 0; look < 3_000 && fractions.size < 2; look++)
      fractions.add((await host.resolve(Catalogue).age('vestibule_continuity')).nowMs % 1000);
    expect(fractions.size).to.be.above(1);
  });
});

describe('A copy of an embedded database', () => {
  it('is younger than what stands in it, the original is not', async () => {
    const opened = await sqlite.open({ file: true });
    const copy = `${opened.url.slice('sqlite:'.length)}.copy`;
    try {
      const host = await createTestHost({ modules: [], database: opened.database });
      const beside = { events: host.resolve(Events), logger: silentLogger };
      const original = createContinuity({ database: opened.database, catalogue: host.resolve(Catalogue), ...beside });
      await original.start();
      await original.stop();
      await original.start();
      await original.stop();
      expect(original.heldBefore()).to.equal(0);
      // The clock of files lags some milliseconds behind.
      await opened.database.run(sql`UPDATE {vestibule_continuity} SET seen_ms = seen_ms - 1000`);
      await opened.database.withSession((session) => session.execute(`VACUUM INTO '${copy}'`));
      const database = await connect({ url: `sqlite:${copy}` });
      const copied = createContinuity({ database, catalogue: createCatalogue(database), ...beside });
      await copied.start();
      await copied.stop();
      expect(copied.heldBefore()).to.be.above(0);
      await database.close();
      await host.close();
    } finally {
      await rm(copy, { force: true });
      await opened.dispose();
    }
  });
});
