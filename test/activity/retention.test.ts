import { expect } from 'chai';
import { sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type ActivityRoom, entry, openRoom } from './room.ts';

const day = 86_400_000;
const today = Date.parse('2024-05-06T12:00:00.000Z');

onBothEngines('Retention of activities', (engine) => {
  let room: ActivityRoom;
  afterEach(() => room.close());

  /** 600 records of one day each, the newest of today, sealed on their days. */
  async function open(days?: number): Promise<void> {
    room = await openRoom(engine, days === undefined ? {} : { config: { 'activity/retention/days': days } });
    for (let batch = 0; batch < 6; batch++) {
      const age = (i: number) => 599 - batch * 100 - i;
      await room.record(
        Array.from({ length: 100 }, (_, i) =>
          entry({ at: new Date(today - age(i) * day), subject: `age-${age(i)}`, customerId: 1 }),
        ),
      );
      room.clock.set(new Date(today - age(99) * day));
      await room.jobs.seal();
    }
    room.clock.set(new Date(today));
  }
  const left = async () => {
    const subjects: string[] = [];
    for await (const { subject } of room.reports.walk(room.database, {})) subjects.push(subject ?? '');
    return subjects;
  };

  it('is 180 days; whole seals go once their last record is older', async () => {
    await open();
    expect(await room.jobs.purge()).to.equal(400);
    expect((await left()).at(-1)).to.equal('age-199');
    expect(await room.jobs.purge()).to.equal(0);
    room.clock.set(new Date(today + 80 * day));
    expect(await room.jobs.purge()).to.equal(0);
    room.clock.set(new Date(today + 81 * day));
    expect(await room.jobs.purge()).to.equal(100);
  });

  it('leaves no row behind but the seals, which still prove that nothing else is missing', async () => {
    await open(100);
    expect(await room.jobs.purge()).to.equal(400);
    for (const table of [sql`{vestibule_activity_record}`, sql`{vestibule_activity_search}`])
      expect(await room.database.first(sql`SELECT COUNT(*) AS n FROM ${table}`)).to.deep.equal({ n: 200 });
    // A day and a kind each; the last day to be kept was the end of the hundred.
    expect(await room.database.first(sql`SELECT COUNT(*) AS n FROM {vestibule_activity_day}`)).to.deep.equal({
      n: 101,
    });
    expect(await room.verifier.verify()).to.deep.include({ intact: true, seals: 6, records: 200, purged: 400 });
    await room.database.run(sql`DELETE FROM {vestibule_activity_seal} WHERE seal_id = 2`);
    expect((await room.verifier.verify()).fault).to.deep.include({ what: 'seal', tampering: 'removed', sealId: 2 });
  });

  it('says so when a record is put under a seal that was purged', async () => {
    await open(100);
    await room.jobs.purge();
    await room.database.run(
      sql`INSERT INTO {vestibule_activity_record} (seal_id, activity_id, occurred_ms, entry) VALUES (1, 1, 1, '{}')`,
    );
    expect((await room.verifier.verify()).fault).to.deep.include({ tampering: 'inserted', recordId: 1, sealId: 1 });
  });

  it('of 0 days keeps everything', async () => {
    await open(0);
    expect(await room.jobs.purge()).to.equal(0);
    expect(await left()).to.have.length(600);
  });

  it('is not held up by a record of the future', async () => {
    room = await openRoom(engine, { config: { 'activity/retention/days': 10 } });
    await room.record([entry({ at: new Date(today + 9_000 * day) }), entry({ at: new Date(today) })]);
    room.clock.set(new Date(today));
    await room.jobs.seal();
    room.clock.set(new Date(today + 11 * day));
    expect(await room.jobs.purge()).to.equal(2);
  });

  it('removes each record once when several processes purge', async () => {
    await open(100);
    const removed = await Promise.all([room.jobs.purge(), room.jobs.purge(), room.jobs.purge()]);
    expect(removed.reduce((sum, count) => sum + count, 0)).to.equal(400);
    expect((await room.verifier.verify()).intact).to.equal(true);
  });

  it('goes by seals: no transaction removes more than one of them', async () => {
    await open(100);
    room.statements.reset();
    await room.jobs.purge();
    // look, claim, read, 3 × search rows (64, 32, 4), records, days: of four seals; and the look that finds no more
    expect(room.statements.statements).to.have.length(4 * 8 + 1);
  });
});
