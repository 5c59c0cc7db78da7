import { expect } from 'chai';
import { perEndpoint } from '../../../modules/webhook/delivery/background/channel.ts';
import { borne } from '../../../modules/webhook/delivery/endpoint/health.ts';
import { onBothEngines } from '../../setup/databases.ts';
import type { Answered } from './receiver.ts';
import { type DeliveryRoom, openDeliveryRoom } from './room.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

onBothEngines('An endpoint', (engine) => {
  let room: DeliveryRoom;
  before(async () => {
    room = await openDeliveryRoom(engine);
  });
  after(() => room.close());
  afterEach(() => room.clear());

  const find = async (id: number) => {
    const webhook = await room.webhooks.find(room.database, id);
    if (!webhook) throw new Error(`there is no webhook ${id}`);
    return webhook;
  };
  const many = (count: number) => Array.from({ length: count }, (_, n) => [n + 1, n + 1] as const);
  const always = (answered: Answered) => () => answered;

  it('that hangs delays no other, and hears no more than four requests at once', async () => {
    const [slow, fast] = [await room.subscribe('/slow'), await room.subscribe('/fast')];
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let [under, most] = [0, 0];
    room.receiver.answer = async ({ path }) => {
      if (path === '/fast') return {};
      most = Math.max(most, ++under);
      await released;
      under--;
      return {};
    };
    await room.enqueue([slow.id, fast.id], many(20));
    const looked = room.look();
    await room.receiver.arrivals(20 + perEndpoint);
    expect([room.receiver.ids('/slow').length, room.receiver.ids('/fast').length]).to.deep.equal([perEndpoint, 20]);
    release();
    expect(await looked).to.equal(40);
    expect(most).to.equal(perEndpoint);
  });

  it('that fails again and again is left alone, then asked with one request, and gets all the rest once that arrives', async () => {
    const { id } = await room.subscribe('/down');
    room.receiver.answer = always({ status: 503 });
    await room.enqueue([id], many(40));
    const first = await room.look();
    expect(first).to.be.within(borne, borne + 2 * perEndpoint);
    const { pausedUntilMs, failingSinceMs } = await find(id);
    expect(failingSinceMs).to.equal(room.now().getTime());
    expect((pausedUntilMs ?? 0) - room.now().getTime()).to.be.within(second, 2 * second);
    expect(await room.look()).to.equal(0);
    for (let probes = 1; probes <= 5; probes++) {
      room.advance(((await find(id)).pausedUntilMs ?? 0) - room.now().getTime());
      expect(await room.look(), 'one request after a pause').to.equal(1);
      expect(await room.look()).to.equal(0);
    }
    expect((await room.deliveries.backlog(room.database)).failing).to.equal(1);
    room.receiver.forget();
    room.advance(5 * minute);
    await room.look();
    room.advance(5 * minute);
    await room.look();
    expect(new Set(room.receiver.ids()).size).to.equal(40);
    expect(await find(id)).to.include({ pausedUntilMs: null, failingSinceMs: null, active: true });
    expect(await room.deliveries.backlog(room.database)).to.deep.equal({
      waiting: 0,
      oldestMs: 0,
      failing: 0,
      disabled: 0,
    });
  });

  it('is probed by one of several processes', async () => {
    const other = room.second();
    const { id } = await room.subscribe('/down');
    room.receiver.answer = always({ status: 503 });
    await room.enqueue([id], many(20));
    await room.look();
    room.advance(2 * second);
    const before = room.receiver.received.length;
    await Promise.all([room.look(), other.look()]);
    expect(room.receiver.received.length - before).to.equal(1);
  });

  it('goes on with others while an event of one customer is refused for ever', async () => {
    const { id } = await room.subscribe('/picky');
    room.receiver.answer = ({ data }) => ({ status: data.id === 1 ? 400 : 200 });
    await room.enqueue([id], [[1, 1]]);
    for (let turn = 0; turn < 9; turn++) {
      await room.look();
      room.advance(30 * minute);
    }
    expect(room.receiver.ids().length).to.be.above(borne);
    expect((await find(id)).pausedUntilMs).to.equal(null);
    await room.enqueue([id], [[2, 2]]);
    await room.look();
    expect(room.receiver.ids()).to.include(2);
  });

  it('that asks to be left alone is, by one request after another', async () => {
    const { id } = await room.subscribe('/busy');
    room.receiver.answer = always({ status: 429, headers: { 'retry-after': '600' } });
    await room.enqueue([id], [[1, 1]]);
    await room.look();
    await room.enqueue([id], many(8));
    room.advance(599 * second);
    expect(await room.look()).to.equal(0);
    room.advance(second);
    expect(await room.look()).to.equal(1);
    room.receiver.answer = always({});
    room.advance(600 * second);
    await room.look();
    expect(new Set(room.receiver.ids()).size).to.equal(8);
  });

  it('that is switched off hears of nothing that was not claimed already, and keeps it', async () => {
    const { id } = await room.subscribe('/off');
    room.receiver.answer = async () => {
      if (room.receiver.received.length === 1)
        await room.database.transaction((tx) => room.webhooks.change(tx, id, { active: false }, room.now(), 'ada'));
      return {};
    };
    await room.enqueue([id], many(60));
    await room.look();
    expect(room.receiver.received.length).to.be.within(1, 24);
    expect(await room.look()).to.equal(0);
    await room.database.transaction((tx) => room.webhooks.change(tx, id, { active: true }, room.now(), 'ada'));
    await room.look();
    expect(room.receiver.ids().sort((a, b) => Number(a) - Number(b))).to.deep.equal(many(60).map(([, n]) => n));
  });

  it('that is elsewhere has failed, and is not followed there', async () => {
    const { id } = await room.subscribe('/moved');
    room.receiver.answer = always({ status: 307, headers: { location: '/there' } });
    await room.enqueue([id], [[1, 1]]);
    await room.look();
    expect(room.receiver.received.map(({ path }) => path)).to.deep.equal(['/moved']);
    expect((await room.log())[0]).to.include({ state: 'waiting', status: 307, attempts: 1 });
    expect((await room.log())[0]?.nextMs).to.be.within(room.now().getTime(), room.now().getTime() + 5 * second);
  });

  it('that is gone is switched off at once, which is announced, and gets what waits when it is switched on again', async () => {
    const { id } = await room.subscribe('/gone');
    let answers = 0;
    room.receiver.answer = () => ({ status: ++answers === 1 ? 410 : 200 });
    await room.enqueue([id], [[1, 1]]);
    await room.look();
    await room.enqueue(
      [id],
      [
        [1, 2],
        [2, 3],
      ],
    );
    expect(await room.look()).to.equal(0);
    const webhook = await find(id);
    expect(webhook.active).to.equal(false);
    expect(webhook.disabledBecause).to.contain('410');
    expect(room.disabled).to.deep.equal([`${id}: ${webhook.disabledBecause}`]);
    expect(await room.deliveries.backlog(room.database)).to.deep.equal({
      waiting: 0,
      oldestMs: 0,
      failing: 0,
      disabled: 1,
    });
    await room.database.transaction((tx) => room.webhooks.change(tx, id, { active: true }, room.now(), 'ada'));
    await room.look();
    expect(room.receiver.ids().sort()).to.deep.equal([1, 2, 3]);
    expect((await room.log()).map(({ state }) => state).sort()).to.deep.equal(['delivered', 'delivered', 'failed']);
  });

  it('to which nothing could be delivered for five days is switched off, once, and keeps what waits', async () => {
    const { id } = await room.subscribe('/dead');
    room.receiver.answer = always({ status: 500 });
    await room.enqueue([id], many(3));
    const began = room.now().getTime();
    for (let turn = 0; turn < 40 && room.disabled.length === 0; turn++) {
      await room.look();
      room.advance(8 * hour);
      await room.enqueue([id], [[100 + turn, 100 + turn]]);
    }
    const days = (room.now().getTime() - began) / (24 * hour);
    expect(days).to.be.within(5, 5.7);
    expect(room.disabled).to.deep.equal([`${id}: Nothing could be delivered for five days.`]);
    expect((await find(id)).active).to.equal(false);
    expect(await room.look()).to.equal(0);
    expect((await room.log({ state: 'waiting' })).length).to.be.above(0);
  });

  it('on the inside that no operator named is not reached', async () => {
    const { id } = await room.subscribe('/in');
    await room.database.run({
      sql: 'UPDATE {vestibule_webhook} SET destination = ? WHERE webhook_id = ?',
      values: ['http://127.0.0.1:1/', id],
    });
    await room.enqueue([id], [[1, 1]]);
    await room.look();
    expect((await room.log())[0]).to.include({ state: 'waiting', status: null });
    expect((await room.log())[0]?.note).to.contain('plain http');
    expect(room.receiver.received).to.deep.equal([]);
  });
});
