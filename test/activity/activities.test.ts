import { expect } from 'chai';
import { sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type ActivityRoom, entry, openRoom } from './room.ts';

onBothEngines('Activities', (engine) => {
  let room: ActivityRoom;
  before(async () => {
    room = await openRoom(engine);
  });
  after(() => room.close());
  beforeEach(() => room.database.run(sql`DELETE FROM {vestibule_activity_pending}`));

  const recent = (...of: Parameters<ActivityRoom['activities']['recent']> extends [unknown, ...infer R] ? R : never) =>
    room.activities.recent(room.database, ...of);

  it('come back as they were recorded', async () => {
    const whole = entry({
      operation: 'user.patch',
      outcome: 'done',
      connectionId: 3,
      customerId: 4_294_967_295,
      subject: 'Zoë 😀',
      requestId: 'r-1',
      changed: ['firstname', 'address.city'],
      notes: ['A “note”.'],
      reason: 'because',
    });
    await room.database.transaction(async (tx) => room.activities.record(tx, whole));
    const [stored] = await recent();
    expect(stored).to.deep.equal({ ...whole, id: stored?.id, at: '2024-05-06 12:00:00.789' });
  });

  it('have milliseconds, be they zero', async () => {
    room.activities.note(entry({ at: new Date('2024-05-06T12:00:00.000Z') }));
    await room.activities.flush();
    expect((await recent())[0]?.at).to.equal('2024-05-06 12:00:00.000');
  });

  it('are kept with the transaction that made the change', async () => {
    await room.database.transaction(async (tx) => {
      room.activities.record(tx, entry({ subject: 'kept' }));
      room.activities.record(tx, entry({ subject: 'kept too' }));
    });
    expect((await recent()).map(({ subject }) => subject)).to.deep.equal(['kept too', 'kept']);
  });

  it('are gone with a transaction that is rolled back, whether their statement was sent or not', async () => {
    for (const sent of [false, true]) {
      const failed = room.database.transaction(async (tx) => {
        room.activities.record(tx, entry({ subject: 'gone' }));
        if (sent) expect(await tx.all(sql`SELECT 1 AS one FROM {vestibule_activity_pending}`)).to.have.length(1);
        throw new Error('rolled back');
      });
      expect(await failed.catch((error: Error) => error.message)).to.equal('rolled back');
    }
    expect(await recent()).to.deep.equal([]);
  });

  it('cost one statement and no message of their own', async () => {
    room.statements.reset();
    await room.database.transaction(async (tx) => room.activities.record(tx, entry()));
    expect(room.statements.statements).to.have.length(1);
  });

  it('stand newest first, a hundred unless asked for more, and never more than a thousand', async () => {
    for (let i = 0; i < 1_100; i++) room.activities.note(entry({ subject: String(i) }));
    await room.activities.flush();
    const all = await recent();
    expect(all).to.have.length(100);
    expect(all[0]?.subject).to.equal('1099');
    expect(all.map(({ id }) => id)).to.deep.equal(all.map(({ id }) => id).sort((a, b) => b - a));
    expect(await recent({ limit: 1 })).to.have.length(1);
    expect(await recent({ limit: 0 })).to.have.length(1);
    expect(await recent({ limit: -5 })).to.have.length(1);
    expect(await recent({ limit: 1_000_000 })).to.have.length(1_000);
  });

  it('are found by connection, by customer, and by both', async () => {
    for (const [connectionId, customerId] of [
      [1, 1],
      [1, 2],
      [2, 1],
    ] as const)
      room.activities.note(entry({ connectionId, customerId, subject: `${connectionId}/${customerId}` }));
    room.activities.note(entry({ subject: 'nobody' }));
    await room.activities.flush();
    const subjects = async (filter: { connectionId?: number; customerId?: number }) =>
      (await recent(filter)).map(({ subject }) => subject);
    expect(await subjects({ connectionId: 1 })).to.deep.equal(['1/2', '1/1']);
    expect(await subjects({ customerId: 1 })).to.deep.equal(['2/1', '1/1']);
    expect(await subjects({ connectionId: 2, customerId: 1 })).to.deep.equal(['2/1']);
    expect(await subjects({ connectionId: 2, customerId: 2 })).to.deep.equal([]);
    expect(await subjects({ connectionId: 0 })).to.deep.equal([]);
  });

  it('are never refused for what a client sent: texts are cut, lists bounded, U+0000 replaced', async () => {
    const hostile = entry({
      operation: 'x'.repeat(60),
      subject: `\0${'é'.repeat(400)}`,
      requestId: 'r'.repeat(128),
      changed: Array.from({ length: 5_000 }, (_, i) => `urn:x:${i}:${'n'.repeat(2_000)}`),
      notes: ['\0', '😀'.repeat(400)],
      reason: `\0${'r'.repeat(5_000)}`,
    });
    await room.database.transaction(async (tx) => room.activities.record(tx, hostile));
    const [stored] = await recent();
    expect(stored?.operation).to.equal('x'.repeat(40));
    expect(stored?.subject).to.equal(`\ufffd${'é'.repeat(254)}`);
    expect(stored?.requestId).to.have.length(64);
    expect(stored?.changed).to.have.length(101);
    expect(stored?.changed?.[100]).to.equal('… and 4900 more');
    expect(stored?.changed?.[0]).to.have.length(500);
    expect(stored?.notes?.[0]).to.equal('\ufffd');
    expect(stored?.reason).to.have.length(1_000);
  });
});
