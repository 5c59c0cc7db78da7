import { expect } from 'chai';
import { countStatements, rowsRead, sql } from '../../../modules/framework/index.ts';
import { claimLanes, survey } from '../../../modules/webhook/delivery/lane/claim.ts';
import { type Delivery, type DeliveryFilter, WebhookError } from '../../../modules/webhook/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type DeliveryRoom, openDeliveryRoom } from './room.ts';

const minute = 60_000;
const day = 86_400_000;
const always = (status: number) => () => ({ status });

onBothEngines('The log of deliveries', (engine) => {
  let room: DeliveryRoom;
  before(async () => {
    // Rows that are read are counted on one connection.
    room = await openDeliveryRoom(engine, { poolMax: 1 });
  });
  after(() => room.close());
  afterEach(() => room.clear());

  const ids = (list: readonly Delivery[]) => list.map(({ id }) => id);
  const replay = (which: Parameters<DeliveryRoom['deliveries']['replay']>[1], now = room.now()) =>
    room.database.transaction((tx) => room.deliveries.replay(tx, which, now));
  const refusal = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: unknown) => (error instanceof WebhookError ? error.code : String(error)),
    );

  describe('of two subscriptions', () => {
    let a: number;
    let b: number;
    let all: readonly Delivery[];
    /** Of a: 1 and 3 delivered, 2 failed, 4 waits. Of b: 1 to 4 delivered. A minute lies between two. */
    beforeEach(async () => {
      [a, b] = [(await room.subscribe('/a')).id, (await room.subscribe('/b')).id];
      for (const id of [1, 2, 3, 4]) {
        if (id === 2) room.receiver.answer = ({ path }) => ({ status: path === '/a' ? 410 : 200 });
        if (id === 4) room.receiver.answer = ({ path }) => ({ status: path === '/a' ? 500 : 200 });
        await room.enqueue([a, b], [[id, id]]);
        await room.look();
        room.receiver.answer = always(200);
        await room.database.transaction((tx) => room.webhooks.change(tx, a, { active: true }, room.now(), 'ada'));
        room.advance(minute);
      }
      all = await room.log();
      room.receiver.received.length = 0;
    });

    it('is read page by page, newest first, whatever is asked for', async () => {
      expect(all).to.have.length(8);
      expect(all.map(({ createdMs }) => createdMs)).to.deep.equal(
        [...all].map(({ createdMs }) => createdMs).sort((x, y) => y - x),
      );
      const now = room.now().getTime();
      const filters: readonly [DeliveryFilter, (one: Delivery) => boolean][] = [
        [{}, () => true],
        [{ webhookId: a }, ({ webhookId }) => webhookId === a],
        [{ state: 'failed' }, ({ state }) => state === 'failed'],
        [{ state: 'waiting' }, ({ state }) => state === 'waiting'],
        [{ state: 'sending' }, () => false],
        [{ webhookId: a, state: 'delivered' }, ({ webhookId, state }) => webhookId === a && state === 'delivered'],
        [{ ended: true, webhookId: a }, ({ webhookId, state }) => webhookId === a && state !== 'waiting'],
        [{ customerId: 3 }, ({ customerId }) => customerId === 3],
        [{ customerId: 3, webhookId: b }, ({ customerId, webhookId }) => customerId === 3 && webhookId === b],
        [
          { fromMs: now - 3 * minute, toMs: now - 2 * minute },
          ({ createdMs }) => createdMs >= now - 3 * minute && createdMs <= now - 2 * minute,
        ],
        [{ webhookId: 999_999 }, () => false],
      ];
      for (const [filter, holds] of filters) {
        const wanted = ids(all.filter(holds));
        expect(await room.deliveries.count(room.database, filter, 100), JSON.stringify(filter)).to.equal(wanted.length);
        const walked: number[] = [];
        for (let before: number | undefined; ; before = walked.at(-1)) {
          const page = await room.deliveries.page(room.database, filter, before, 3);
          walked.push(...ids(page));
          if (page.length < 3) break;
        }
        expect(walked, JSON.stringify(filter)).to.deep.equal(wanted);
      }
      expect(await room.deliveries.count(room.database, {}, 5)).to.equal(5);
    });

    it('tells the newest of each, and one by its id', async () => {
      const latest = await room.deliveries.latest(room.database, [a, b, 999_999]);
      expect([...latest].map(([webhook, { id }]) => [webhook, id])).to.have.deep.members([
        [a, all.find(({ webhookId }) => webhookId === a)?.id],
        [b, all.find(({ webhookId }) => webhookId === b)?.id],
      ]);
      expect((await room.deliveries.latest(room.database, [])).size).to.equal(0);
      expect(await room.deliveries.find(room.database, all[0]?.id ?? 0)).to.deep.equal(all[0]);
      expect(await room.deliveries.find(room.database, 999_999)).to.equal(undefined);
    });

    it('is what is sent once more: one of them under its old id, or a span of one subscription', async () => {
      const failed = all.find(({ state }) => state === 'failed');
      const waiting = all.find(({ state }) => state === 'waiting');
      expect(await replay({ id: failed?.id ?? 0 })).to.equal(1);
      await room.look();
      expect(room.receiver.received.map(({ id, path }) => `${id} ${path}`)).to.include(`${failed?.messageId} /a`);
      expect(await room.deliveries.find(room.database, failed?.id ?? 0)).to.include({
        state: 'delivered',
        attempts: 1,
        status: 200,
        note: null,
      });
      expect(await refusal(replay({ id: 999_999 }))).to.equal('DELIVERY_UNKNOWN');
      room.receiver.received.length = 0;
      await room.look();
      expect(await refusal(replay({ id: waiting?.id ?? 0 }))).to.equal('done');
      expect(await refusal(replay({ id: waiting?.id ?? 0 }))).to.equal('DELIVERY_NOT_ENDED');
      await room.look();
      room.receiver.received.length = 0;
      const now = room.now();
      const span = { webhookId: b, fromMs: all.at(-3)?.createdMs };
      expect(await replay(span, now)).to.equal(3);
      expect(await replay(span, now)).to.equal(0);
      room.advance(minute);
      await room.look();
      expect(room.receiver.ids('/b').sort()).to.deep.equal([2, 3, 4]);
      expect(await replay(span, now), 'sent after that moment').to.equal(0);
    });

    it('is kept for thirty days after the end, and not longer than its subscription', async () => {
      const jobs = room.jobs();
      room.receiver.answer = ({ path }) => ({ status: path === '/a' ? 500 : 200 });
      room.advance(30 * day - 4 * minute);
      expect(await jobs.purge()).to.equal(0);
      room.advance(1);
      expect(await jobs.purge()).to.equal(2);
      room.advance(30 * day);
      await jobs.purge();
      expect((await room.log()).map(({ state, webhookId }) => `${webhookId} ${state}`)).to.deep.equal([`${a} waiting`]);
      await room.database.transaction((tx) => room.webhooks.delete(tx, a, 'ada'));
      expect(await room.log()).to.deep.equal([]);
      expect(await jobs.purge()).to.equal(1);
      const left = await room.database.first<{ n: number }>(
        sql`SELECT (SELECT COUNT(*) FROM {vestibule_webhook_lane}) + (SELECT COUNT(*) FROM {vestibule_webhook_delivery}) AS n`,
      );
      expect(left?.n).to.equal(0);
    });

    it('goes on ahead of what is newer of the same customer when it is sent once more', async () => {
      room.receiver.answer = always(500);
      await room.enqueue([b], [[2, 22]]);
      await room.look();
      const old = all.find(({ webhookId, customerId }) => webhookId === b && customerId === 2);
      await replay({ id: old?.id ?? 0 });
      room.receiver.answer = always(200);
      room.receiver.received.length = 0;
      room.advance(minute);
      await room.look();
      expect(room.receiver.ids('/b')).to.deep.equal([2, 22]);
    });
  });

  it('is sent once more also where that was asked for while the last one of the customer was on its way', async () => {
    const { id } = await room.subscribe('/in');
    await room.enqueue([id], [[7, 1]]);
    await room.look();
    const [old] = await room.log();
    await room.enqueue([id], [[7, 2]]);
    room.receiver.answer = async ({ data }) => {
      if (data.id === 2) await replay({ id: old?.id ?? 0 });
      return {};
    };
    await room.look();
    expect(room.receiver.ids()).to.deep.equal([1, 2, 1]);
    expect((await room.log()).map(({ state }) => state)).to.deep.equal(['delivered', 'delivered']);
  });

  it('knows nothing of test events, which are answered at once, whatever waits', async () => {
    const { id } = await room.subscribe('/try', { active: false, headers: { 'app-secret': 's3cret' } });
    room.receiver.answer = () => ({ status: 401, body: 'who are you?' });
    await room.enqueue([id], [[1, 1]]);
    const answer = await room.deliveries.test(id);
    expect(answer).to.include({ ok: false, status: 401, answer: 'who are you?' });
    expect(answer.note).to.contain('compare both sides');
    const [one] = room.receiver.received;
    expect(answer.request.body).to.equal(one?.body);
    expect(answer.request.headers).to.include({ 'webhook-id': one?.id, 'app-secret': '••••••' });
    expect(one?.headers).to.include({ 'app-secret': 's3cret' });
    expect(JSON.parse(one?.body ?? '')).to.include({ scope: 'store/webhook/test' });
    expect(await room.log()).to.have.length(1);
    room.receiver.answer = always(200);
    expect(await room.deliveries.test(id)).to.include({ ok: true, status: 200, note: null });
    expect(await refusal(room.deliveries.test(999_999))).to.equal('WEBHOOK_UNKNOWN');
  });

  describe('with three thousand that wait', () => {
    const backlog = 3_000;
    let dead: number;
    beforeEach(async () => {
      dead = (await room.subscribe('/dead')).id;
      for (let from = 0; from < backlog; from += 1_000)
        await room.enqueue(
          [dead],
          Array.from({ length: 1_000 }, (_, n) => [(from + n) % 1_500, from + n] as const),
        );
    });
    const now = () => room.now().getTime();
    const read = async (most: number, work: () => Promise<unknown>): Promise<void> => {
      const rows = await rowsRead(room.database, work);
      // Where rows are not counted, the same is done for its result.
      expect(rows ?? 0).to.be.at.most(most);
      if (rows !== undefined) expect(rows).to.be.above(0);
    };

    it('costs an idle look one statement and a row or two, be its endpoint left alone or due', async () => {
      const counted = countStatements(room.database);
      await read(6, () => survey(room.database, now()));
      await room.database.run(
        sql`UPDATE {vestibule_webhook} SET paused_until_ms = ${now() + minute} WHERE webhook_id = ${dead}`,
      );
      counted.reset();
      await room.look();
      expect(counted.statements).to.have.length(1);
      counted.stop();
      await read(6, () => room.look());
    });

    it('costs a claim some rows for each lane that it takes, and none for the others', async () => {
      const counted = countStatements(room.database);
      await read(8 * 12, async () => {
        const claimed = await claimLanes(room.database, dead, {
          name: 'c.1',
          nowMs: now(),
          untilMs: now() + minute,
          most: 8,
        });
        expect(claimed.deliveries).to.have.length(8);
      });
      counted.stop();
      expect(counted.statements.filter((text) => !text.startsWith('SHOW'))).to.have.length(3);
    });

    it('shows a page for the price of its rows', async () => {
      await read(50 * 8, async () => {
        expect(await room.deliveries.page(room.database, { webhookId: dead }, undefined, 50)).to.have.length(50);
      });
      await read(50 * 8, async () => {
        expect(await room.deliveries.count(room.database, { webhookId: dead }, 50)).to.equal(50);
      });
      expect(await room.deliveries.backlog(room.database)).to.deep.equal({
        waiting: backlog,
        oldestMs: 0,
        failing: 0,
        disabled: 0,
      });
    });
  });
});
