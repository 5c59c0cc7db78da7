import { expect } from 'chai';
import { Continuity, Events, ProcessEnded, sql } from '../../../modules/framework/index.ts';
import { HeldDeliveries } from '../../../modules/webhook/delivery/held/held-deliveries.ts';
import { createQueue } from '../../../modules/webhook/delivery/lane/create-queue.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type DeliveryRoom, openDeliveryRoom } from './room.ts';

onBothEngines('Deliveries of a database', (engine) => {
  let room: DeliveryRoom;
  let webhook: number;
  before(async () => {
    room = await openDeliveryRoom(engine);
  });
  after(() => room.close());
  beforeEach(async () => {
    webhook = (await room.subscribe('/a')).id;
  });
  afterEach(() => room.clear());

  const held = () => room.host.resolve(HeldDeliveries);
  const counted = () => held().count(room.database, 100);
  const states = async () => (await room.log()).map((one) => [one.id, one.held ? 'held' : one.state]).sort();
  /** Brings it back; what is enqueued afterwards happens a second later. */
  async function restored(): Promise<void> {
    await room.host.resolve(Continuity).declare();
    room.advance(1_000);
    await room.database.run(sql`UPDATE {vestibule_continuity} SET restored_ms = ${room.now().getTime()}`);
    room.advance(1_000);
  }

  describe('that was brought back from a backup', () => {
    beforeEach(async () => {
      await room.enqueue(
        [webhook],
        [
          [7, 1],
          [7, 2],
          [8, 3],
          [null, 4],
        ],
      );
      await restored();
    });

    it('are held, with what happens to the same customers since; everything else goes out', async () => {
      await room.enqueue(
        [webhook],
        [
          [7, 5],
          [9, 6],
        ],
      );
      await room.look();
      expect(room.receiver.ids()).to.deep.equal([6]);
      expect((await states()).filter(([, state]) => state === 'held')).to.have.length(5);
      expect((await room.log()).every(({ nextMs }) => nextMs === null)).to.equal(true);
      expect(await counted()).to.equal(5);
    });

    it('go out under their old ids and in order once somebody says so', async () => {
      const before = new Map((await room.log()).map(({ id, messageId }) => [id, messageId]));
      await room.enqueue([webhook], [[7, 5]]);
      expect(await held().resume(false, 'ada')).to.deep.equal({ released: 3, dropped: 0 });
      await room.look();
      expect(room.receiver.ids().filter((id) => [1, 2, 5].includes(Number(id)))).to.deep.equal([1, 2, 5]);
      expect(room.receiver.ids().sort()).to.deep.equal([1, 2, 3, 4, 5]);
      const sent = new Set(room.receiver.received.map(({ id }) => id));
      for (const messageId of before.values()) expect(sent.has(messageId)).to.equal(true);
      expect(await counted()).to.equal(0);
    });

    it('are ended unsent where somebody says that they went out; what has happened since does go out', async () => {
      await room.enqueue([webhook], [[7, 5]]);
      expect(await held().resume(true, 'ada')).to.deep.equal({ released: 3, dropped: 4 });
      await room.look();
      expect(room.receiver.ids()).to.deep.equal([5]);
      const failed = await room.log({ state: 'failed' });
      expect(failed).to.have.length(4);
      for (const { note } of failed) expect(note).to.contain('webhook:replay');
      expect(await held().resume(true, 'ada')).to.deep.equal({ released: 0, dropped: 0 });
    });

    it('wait together with what was captured before it and is handed on only now', async () => {
      const since = room.now().getTime() - 1_000;
      const queue = createQueue(
        () => {},
        () => since,
      );
      const happened = (customerId: number, atMs: number) => ({
        event: { scope: 's', data: { type: 'customer', id: customerId }, customerId, websiteId: 1, cause: null, atMs },
        hash: 'h',
        webhookIds: [webhook],
      });
      await room.database.transaction((tx) =>
        queue.enqueue(tx, room.now().getTime(), [happened(20, since - 1), happened(21, since)]),
      );
      await room.look();
      expect(room.receiver.ids()).to.deep.equal([21]);
      expect(await counted()).to.equal(5);
    });
  });

  describe('that a process had claimed which was killed', () => {
    const gone = 'place.1.2';
    beforeEach(async () => {
      await room.enqueue(
        [webhook],
        [
          [7, 1],
          [8, 2],
          [9, 3],
        ],
      );
      const until = room.now().getTime() + 24_000;
      for (const [lane, claim] of [
        [7, `${gone}.r.1`],
        [8, `${gone}3.r.1`],
      ] as const)
        await room.database.run(
          sql`UPDATE {vestibule_webhook_lane} SET claim = ${claim}, next_ms = ${until} WHERE webhook_id = ${webhook} AND lane = ${lane}`,
        );
    });
    const ended = () =>
      room.database.transaction((tx) => room.host.resolve(Events).emit(ProcessEnded, { process: gone }, tx));

    it('are sent at once, those of others when their claims have run out', async () => {
      await ended();
      await room.look();
      expect(room.receiver.ids().sort()).to.deep.equal([1, 3]);
      room.advance(24_001);
      await room.look();
      expect(room.receiver.ids().sort()).to.deep.equal([1, 2, 3]);
    });

    it('are not waited for where it had asked an endpoint that is left alone otherwise', async () => {
      const until = room.now().getTime() + 24_000;
      await room.database.run(
        sql`UPDATE {vestibule_webhook} SET paused_until_ms = ${until} WHERE webhook_id = ${webhook}`,
      );
      await room.look();
      expect(room.receiver.ids()).to.deep.equal([]);
      await ended();
      await room.look();
      expect(room.receiver.ids().sort()).to.deep.equal([1, 3]);
    });
  });
});
