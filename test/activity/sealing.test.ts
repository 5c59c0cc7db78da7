import { expect } from 'chai';
import { createSealer } from '../../modules/activity/seal/sealer.ts';
import { createKinds } from '../../modules/activity/search/kind.ts';
import { Encryptor, sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type ActivityRoom, entry, openRoom } from './room.ts';

const many = (count: number, first = 0) =>
  Array.from({ length: count }, (_, i) =>
    entry({ subject: `user-${first + i}`, customerId: 1 + ((first + i) % 7), connectionId: 1 + ((first + i) % 2) }),
  );

onBothEngines('Sealing of activities', (engine) => {
  let room: ActivityRoom;
  beforeEach(async () => {
    room = await openRoom(engine, { file: true });
  });
  afterEach(() => room.close());

  const count = async (table: 'pending' | 'record' | 'search' | 'seal') => {
    const from = {
      pending: sql`{vestibule_activity_pending}`,
      record: sql`{vestibule_activity_record}`,
      search: sql`{vestibule_activity_search}`,
      seal: sql`{vestibule_activity_seal}`,
    };
    return Number((await room.database.first<{ n: number }>(sql`SELECT COUNT(*) AS n FROM ${from[table]}`))?.n);
  };
  const counts = async () => [
    await count('pending'),
    await count('record'),
    await count('search'),
    await count('seal'),
  ];
  const otherSealer = () =>
    createSealer({
      database: room.database,
      encryptor: room.host.resolve(Encryptor),
      kinds: createKinds(room.database),
      clock: room.clock,
    });

  it('moves every record once, 256 under a seal, and what was sealed is found intact', async () => {
    await room.record(many(600));
    expect(await room.jobs.seal()).to.equal(600);
    expect(await counts()).to.deep.equal([0, 600, 600, 3]);
    expect(await room.verifier.verify()).to.deep.include({ intact: true, seals: 3, records: 600, waiting: 0 });
    const all = await room.activities.recent(room.database, { limit: 1_000 });
    expect(all.map(({ subject }) => subject).reverse()).to.deep.equal(many(600).map(({ subject }) => subject));
  });

  it('leaves what belongs to nobody among the latest of a connection, where that is asked for, and costs no more', async () => {
    const strange = (subject: string) => entry({ operation: 'scim.invalid', outcome: 'refused', status: 401, subject });
    const other = entry({ operation: 'scim.invalid', outcome: 'refused', connectionId: 2, subject: 'another’s' });
    const own = (subject: string) => entry({ connectionId: 1, subject });
    const latest = async (strangers?: readonly string[]) => {
      room.statements.reset();
      const filter = { connectionId: 1, limit: 3, strangers };
      const found = (await room.activities.recent(room.database, filter)).map(({ subject }) => subject);
      return { found, cost: room.statements.statements.length };
    };
    const late = new Date(entry().at.getTime() + 1_000);
    await room.record([own('old'), strange('first'), other, own('new'), entry({ subject: 'nobody’s' })]);
    for (const sealed of [false, true]) {
      if (sealed) await room.jobs.seal();
      expect((await latest()).found).to.deep.equal(['new', 'old']);
      expect((await latest(['scim.invalid'])).found).to.deep.equal(['new', 'first', 'old']);
    }
    await room.record([{ ...strange('last'), at: late }]);
    await room.jobs.seal();
    const [without, having] = [await latest(), await latest(['scim.invalid'])];
    expect([without.found, having.found]).to.deep.equal([
      ['new', 'old'],
      ['last', 'new', 'first'],
    ]);
    // The kinds are looked at besides.
    expect([without.cost, having.cost]).to.deep.equal([3, 4]);
  });

  it('takes a record that becomes visible after a higher id under a later seal', async () => {
    await room.record(many(5));
    const [row] = await room.database.all<{ activity_id: number; entry: string }>(
      sql`SELECT activity_id, entry FROM {vestibule_activity_pending} ORDER BY activity_id LIMIT 1`,
    );
    if (!row) throw new Error('nothing waits');
    await room.database.run(sql`DELETE FROM {vestibule_activity_pending} WHERE activity_id = ${row.activity_id}`);
    await room.jobs.seal();
    await room.database.run(
      sql`INSERT INTO {vestibule_activity_pending} (activity_id, entry) VALUES (${row.activity_id}, ${row.entry})`,
    );
    await room.jobs.seal();
    expect(await counts()).to.deep.equal([0, 5, 5, 2]);
    expect(await room.verifier.verify()).to.deep.include({ intact: true, seals: 2, records: 5 });
  });

  it('never gives the id of a record that was moved away to another', async () => {
    await room.record(many(3));
    await room.jobs.seal();
    await room.record(many(3, 3));
    await room.jobs.seal();
    const ids = (await room.activities.recent(room.database)).map(({ id }) => id);
    expect(new Set(ids).size).to.equal(6);
    expect((await room.verifier.verify()).intact).to.equal(true);
  });

  it('by several processes at once seals every record exactly once', async () => {
    await room.record(many(1_500));
    const sealers = [otherSealer(), otherSealer(), otherSealer()];
    await Promise.all(
      sealers.map(async (sealer) => {
        while ((await count('pending')) > 0) await sealer.sealBatch();
      }),
    );
    expect((await counts()).slice(0, 3)).to.deep.equal([0, 1_500, 1_500]);
    expect(await room.verifier.verify()).to.deep.include({ intact: true, records: 1_500 });
  });

  it('seals nothing that is gone before it is moved, and the rest with the next try', async () => {
    await room.record(many(3));
    const kinds = createKinds(room.database);
    let gone = false;
    const sealer = createSealer({
      database: room.database,
      encryptor: room.host.resolve(Encryptor),
      clock: room.clock,
      kinds: {
        ...kinds,
        async make(entries) {
          await kinds.make(entries);
          if (!gone) await room.database.run(sql`DELETE FROM {vestibule_activity_pending} WHERE entry LIKE '%user-1%'`);
          gone = true;
        },
      },
    });
    expect(await sealer.sealBatch()).to.equal(0);
    expect(await counts()).to.deep.equal([2, 0, 0, 0]);
    expect(await sealer.sealBatch()).to.equal(2);
    expect(await room.verifier.verify()).to.deep.include({ intact: true, records: 2 });
  });

  it('waits for a full batch, but for no record longer than a minute', async () => {
    await room.record(many(300));
    await room.jobs.look();
    expect(await count('pending')).to.equal(44);
    room.clock.set(new Date(room.clock.now().getTime() + 59_000));
    await room.jobs.look();
    expect(await count('pending')).to.equal(44);
    room.clock.set(new Date(room.clock.now().getTime() + 1_000));
    await room.jobs.look();
    expect(await count('pending')).to.equal(0);
  });

  it('leaves full batches to a calmer moment while the process is busy, for a minute at most', async () => {
    await room.record(many(300));
    room.load.set(true);
    await room.jobs.look();
    expect(await count('pending')).to.equal(300);
    room.clock.set(new Date(room.clock.now().getTime() + 60_000));
    await room.jobs.look();
    expect(await count('pending')).to.equal(0);
  });

  it('costs few statements for a batch, whatever stands in it', async () => {
    await room.record(many(256));
    await room.jobs.seal();
    await room.record(many(256));
    room.statements.reset();
    await room.jobs.seal();
    // read, head, move the head, seal, 4 × records, 4 × search rows, 2 × 2 kinds of a day, 4 × delete; and the last look
    expect(room.statements.statements).to.have.length(21);
  });

  it('seals what was changed by hand before, and lets reports show that it is no entry', async () => {
    await room.record(many(1));
    await room.database.run(sql`UPDATE {vestibule_activity_pending} SET entry = 'nonsense'`);
    await room.jobs.seal();
    expect((await room.activities.recent(room.database))[0]).to.include({ operation: 'unreadable', outcome: 'failed' });
    expect((await room.verifier.verify()).intact).to.equal(true);
  });

  it('is not held up by an entry whose members are not what they should be', async () => {
    for (const text of [
      '7',
      'null',
      '[]',
      '{"at":"x","operation":7,"outcome":"x","status":-1,"connection":-1,"customer":"1","subject":5,"request":{},"microseconds":"x","changed":7,"modified":[7],"notes":{},"trace":[null],"reason":[]}',
    ])
      await room.database.run(sql`INSERT INTO {vestibule_activity_pending} (entry) VALUES (${text})`);
    expect(await room.jobs.seal()).to.equal(4);
    expect(await room.activities.recent(room.database)).to.have.length(4);
    expect((await room.verifier.verify()).intact).to.equal(true);
  });
});
