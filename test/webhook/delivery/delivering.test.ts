import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { type Database, sql } from '../../../modules/framework/index.ts';
import { claimLanes } from '../../../modules/webhook/delivery/lane/claim.ts';
import { settle } from '../../../modules/webhook/delivery/lane/settle.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { type DeliveryRoom, openDeliveryRoom } from './room.ts';

const second = 1_000;
const hour = 3_600_000;
const day = 24 * hour;

onBothEngines('A delivery', (engine) => {
  let room: DeliveryRoom;
  before(async () => {
    room = await openDeliveryRoom(engine);
  });
  after(() => room.close());
  afterEach(() => room.clear());

  /** Lanes that are left, of whatever subscription. */
  const lanes = () =>
    room.database.all<{ lane: number; claim: string | null; next: number }>(
      sql`SELECT lane, claim, next_ms AS next FROM {vestibule_webhook_lane} ORDER BY lane`,
    );
  const gate = () => {
    let open = () => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    return { open, opened };
  };

  describe('that arrives', () => {
    it('was signed as Standard Webhooks has it, bears the headers of its subscription, and is in the log', async () => {
      const { id, secret } = await room.subscribe('/in', {
        headers: { 'app-secret': 's3cret', Authorization: 'Bearer t' },
      });
      room.receiver.answer = () => ({ status: 202, body: `taken\u0000\u202e ${'x'.repeat(3_000)}` });
      await room.enqueue([id], [[7, 7]]);
      expect(await room.look()).to.equal(1);
      const [one] = room.receiver.received;
      expect(one?.id).to.match(/^msg_[A-Za-z0-9]{24}$/);
      const timestamp = String(Math.floor(room.now().getTime() / 1_000));
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
      const signature = createHmac('sha256', key).update(`${one?.id}.${timestamp}.${one?.body}`).digest('base64');
      expect(one?.headers).to.include({
        'content-type': 'application/json',
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
        'app-secret': 's3cret',
        authorization: 'Bearer t',
      });
      const [entry, ...others] = await room.log();
      expect(others).to.deep.equal([]);
      expect(entry).to.include({ webhookId: id, messageId: one?.id, scope: 'store/customer/updated', customerId: 7 });
      expect(entry).to.include({ state: 'delivered', attempts: 1, status: 202, note: null, nextMs: null });
      expect(entry).to.include({ createdMs: room.now().getTime(), endedMs: room.now().getTime() });
      expect(entry?.answer).to.match(/^taken x{1014}$/);
      expect(await lanes()).to.deep.equal([]);
    });

    it('goes to each of several subscriptions under one id, and is not sent again', async () => {
      const [a, b] = [await room.subscribe('/a'), await room.subscribe('/b')];
      await room.enqueue([a.id, b.id], [[7, 1]]);
      expect(await room.look()).to.equal(2);
      expect(room.receiver.received.map(({ path }) => path).sort()).to.deep.equal(['/a', '/b']);
      expect(new Set(room.receiver.received.map(({ id }) => id)).size).to.equal(1);
      room.advance(4 * day);
      expect(await room.look()).to.equal(0);
    });

    it('is signed by the secret before, too, while a secret gives way to another', async () => {
      const { id, secret } = await room.subscribe('/in');
      const until = new Date(room.now().getTime() + hour);
      const rotated = await room.database.transaction((tx) =>
        room.webhooks.rotateSecret(tx, id, until, room.now(), 'ada'),
      );
      await room.enqueue([id], [[7, 7]]);
      await room.look();
      const [one] = room.receiver.received;
      const signatures = [rotated.secret, secret].map((each) =>
        createHmac('sha256', Buffer.from(each.slice('whsec_'.length), 'base64'))
          .update(`${one?.id}.${one?.headers['webhook-timestamp']}.${one?.body}`)
          .digest('base64'),
      );
      expect(one?.headers['webhook-signature']).to.equal(`v1,${signatures[0]} v1,${signatures[1]}`);
    });
  });

  describe('about a customer', () => {
    it('goes out when the one before has arrived, whatever becomes of other customers', async () => {
      const { id } = await room.subscribe('/in');
      room.receiver.answer = ({ data }) => ({ status: data.id === 1 ? 500 : 200 });
      await room.enqueue(
        [id],
        [
          [7, 1],
          [7, 2],
          [8, 3],
          [7, 4],
        ],
      );
      await room.look();
      expect(room.receiver.ids().sort()).to.deep.equal([1, 3]);
      room.receiver.answer = () => ({});
      room.advance(5 * second);
      await room.look();
      expect(room.receiver.ids().filter((one) => one !== 3)).to.deep.equal([1, 1, 2, 4]);
      const messages = room.receiver.received.filter(({ data }) => data.id === 1).map((one) => one.id);
      expect(messages[0]).to.equal(messages[1]);
      expect(await lanes()).to.deep.equal([]);
    });

    it('is not forgotten when it was announced while the last one before was on its way', async () => {
      const { id } = await room.subscribe('/in');
      await room.enqueue([id], [[7, 1]]);
      room.receiver.answer = async ({ data }) => {
        if (data.id === 1) await room.enqueue([id], [[7, 2]]);
        return {};
      };
      await room.look();
      expect(room.receiver.ids()).to.deep.equal([1, 2]);
      expect(await lanes()).to.deep.equal([]);
    });

    it('has no order with what is about nobody', async () => {
      const { id } = await room.subscribe('/in');
      room.receiver.answer = ({ data }) => ({ status: data.id === 1 ? 500 : 200 });
      await room.enqueue(
        [id],
        [
          [null, 1],
          [null, 2],
          [null, 3],
        ],
      );
      await room.look();
      expect(room.receiver.ids().sort()).to.deep.equal([1, 2, 3]);
      expect((await room.log()).map(({ customerId }) => customerId)).to.deep.equal([null, null, null]);
    });

    it('is sent in order by two processes among failures, and never two of a customer at once', async () => {
      const other = room.second();
      const { id } = await room.subscribe('/in');
      const customers = [1, 2, 3, 4, 5, 6];
      const under = new Map<number, number>();
      let crossed = 0;
      let asked = 0;
      room.receiver.answer = async ({ data }) => {
        const customer = Math.floor(Number(data.id) / 100);
        under.set(customer, (under.get(customer) ?? 0) + 1);
        if ((under.get(customer) ?? 0) > 1) crossed++;
        await new Promise((resolve) => setImmediate(resolve));
        under.set(customer, (under.get(customer) ?? 0) - 1);
        return { status: asked++ % 3 === 0 ? 503 : 200 };
      };
      for (const turn of [0, 1, 2, 3])
        await room.enqueue(
          [id],
          customers.flatMap((customer) => [
            [customer, customer * 100 + 2 * turn] as const,
            [customer, customer * 100 + 2 * turn + 1] as const,
          ]),
        );
      for (let round = 0; round < 60 && (await lanes()).length > 0; round++) {
        await Promise.all([room.look(), other.look()]);
        room.advance(hour);
      }
      expect(await lanes()).to.deep.equal([]);
      expect(crossed).to.equal(0);
      for (const customer of customers) {
        const ids = room.receiver.ids().filter((one) => Math.floor(Number(one) / 100) === customer);
        const wanted = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => customer * 100 + n);
        expect([...new Set(ids)], 'each of them').to.deep.equal(wanted);
        expect(ids, 'never an older one after a newer one').to.deep.equal([...ids].sort());
      }
    });
  });

  describe('that a process claimed and did not end', () => {
    const claim = { name: 'gone.1', most: 10 };

    it('is sent by another when the claim has run out and not before, and what the first says of it then is not believed', async () => {
      const { id } = await room.subscribe('/in');
      await room.enqueue(
        [id],
        [
          [7, 1],
          [7, 2],
        ],
      );
      const nowMs = room.now().getTime();
      const { deliveries } = await claimLanes(room.database, id, { ...claim, nowMs, untilMs: nowMs + 45 * second });
      expect(deliveries.map(({ attempts, more }) => ({ attempts, more }))).to.deep.equal([{ attempts: 0, more: true }]);
      expect((await room.log()).map(({ state }) => state)).to.deep.equal(['waiting', 'sending']);
      expect((await room.log({ state: 'sending' })).map(({ id }) => id)).to.deep.equal([deliveries[0]?.id]);
      room.advance(44 * second);
      expect(await room.look()).to.equal(0);
      room.advance(second);
      room.receiver.answer = ({ data }) => ({ status: data.id === 1 ? 500 : 200 });
      expect(await room.look()).to.equal(1);
      const [delivery] = deliveries;
      if (!delivery) throw new Error('nothing was claimed');
      const attempt = { verdict: 'delivered', status: 200, durationMs: 1, note: null, answer: null } as const;
      const books = {
        database: room.database,
        events: { emit: async () => {}, observed: () => false, observers: () => [] },
        find: room.webhooks.find,
        random: () => 1,
      };
      const said = await settle(
        books,
        [{ kind: 'ended', state: 'delivered', delivery, attempt, sign: undefined, atMs: nowMs }],
        new Set(),
        nowMs,
      );
      expect(said.lost).to.equal(1);
      expect((await room.log()).at(-1)).to.include({ state: 'waiting', attempts: 1, status: 500 });
    });

    it('was claimed by the first of those who saw it due at the same moment', async () => {
      const { id } = await room.subscribe('/in');
      await room.enqueue(
        [id],
        [1, 2, 3, 4].map((n) => [n, n] as const),
      );
      const nowMs = room.now().getTime();
      const claimBy = async (name: string, database: Database, most: number) => {
        const claimed = await claimLanes(database, id, { name, nowMs, untilMs: nowMs + second, most });
        return claimed.deliveries.map(({ lane }) => lane).sort();
      };
      let first: number[] = [];
      const slow: Database = {
        ...room.database,
        dialect: room.database.dialect,
        all: (query) => room.database.all(query),
        run: async (query) => {
          first = await claimBy('first', room.database, 3);
          return room.database.run(query);
        },
      };
      expect(await claimBy('slow', slow, 4)).to.have.length(1);
      expect(first).to.have.length(3);
    });

    it('is not begun when it could not be over before the claim runs out', async () => {
      const { id } = await room.subscribe('/in');
      const events = Array.from({ length: 12 }, (_, n) => [n + 1, n + 1] as const);
      await room.enqueue([id], events);
      let asked = 0;
      // Everything takes 15 s: of what was claimed together, the later part would be begun too late.
      room.receiver.answer = () => {
        if (++asked % 4 === 0) room.advance(15 * second);
        return {};
      };
      await room.look();
      expect(room.receiver.ids().sort((a, b) => Number(a) - Number(b))).to.deep.equal(events.map(([, n]) => n));
      expect(new Set(room.receiver.received.map(({ id }) => id)).size).to.equal(12);
    });

    it('was given back by a process that stopped, together with the attempt that it cut', async () => {
      const other = room.second();
      const { id } = await room.subscribe('/in');
      await room.enqueue(
        [id],
        [1, 2, 3, 4, 5, 6].map((n) => [n, n] as const),
      );
      const { open, opened } = gate();
      room.receiver.answer = async ({ data }) => {
        if (data.id !== 1) await opened;
        return {};
      };
      const looked = other.look();
      await room.receiver.arrivals(5);
      const stopped = other.stop();
      open();
      await Promise.all([stopped, looked]);
      expect(room.receiver.ids().sort()).to.deep.equal([1, 2, 3, 4, 5]);
      expect((await lanes()).map(({ lane, claim }) => ({ lane, claim }))).to.deep.equal([{ lane: 6, claim: null }]);
      await room.look();
      expect(room.receiver.ids().at(-1)).to.equal(6);
    });
  });

  it('that is given up after three days lets the next one of its customer go', async () => {
    const { id } = await room.subscribe('/in');
    room.receiver.answer = ({ data }) => ({ status: data.id === 1 ? 422 : 200, body: 'no such person' });
    await room.enqueue(
      [id],
      [
        [7, 1],
        [7, 2],
      ],
    );
    for (let hours = 0; hours < 80; hours += 8) {
      await room.look();
      room.advance(8 * hour);
      await room.enqueue([id], [[8, 3]]);
    }
    const ended = await room.log({ customerId: 7 });
    expect(ended.map(({ state }) => state)).to.deep.equal(['delivered', 'failed']);
    expect(ended[1]).to.include({ status: 422, answer: 'no such person' });
    expect(ended[1]?.note).to.match(/^Given up after \d+ attempts in three days\. The receiver answered 422/);
    const times = room.receiver.ids().filter((one) => one === 1).length;
    expect(times).to.equal(ended[1]?.attempts).and.to.be.within(9, 11);
  });
});
