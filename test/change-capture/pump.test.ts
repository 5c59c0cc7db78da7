import { expect } from 'chai';
import type { CapturedChange } from '../../modules/change-capture/index.ts';
import { ChangePump, ChangesCaptured } from '../../modules/change-capture/index.ts';
import changeCapture from '../../modules/change-capture/module.ts';
import { captureProblems } from '../../modules/change-capture/problem.ts';
import { createPump } from '../../modules/change-capture/pump/create-pump.ts';
import {
  Clock,
  countStatements,
  createTestHost,
  defineModule,
  Events,
  observe,
  silentLogger,
  sql,
  type Transaction,
} from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type CaptureRoom, moment, openCaptureRoom, said } from './capture-room.ts';

onBothEngines('Captured changes', (engine) => {
  let room: CaptureRoom;
  before(async () => {
    room = await openCaptureRoom(engine);
  });
  after(() => room.close());
  const waiting = () =>
    room.database.all<{ kind: string; customer_id: number; at_ms: number; own: number }>(
      sql`SELECT kind, customer_id, at_ms, own FROM {vestibule_change} ORDER BY change_id`,
    );

  describe('of this host', () => {
    it('tell a new customer and its address', async () => {
      const { id, addresses } = await room.database.transaction((tx) =>
        room.customers.createState(
          tx,
          {
            websiteId: 1,
            attributes: { email: 'new@example.com', firstname: 'A', lastname: 'B' },
            address: { city: 'x', country_id: 'DE' },
          },
          moment,
        ),
      );
      expect(await room.handedOn()).to.deep.equal([`created ${id}`, `address-created ${id}/${addresses[0]?.id}`]);
      expect(room.heard[0]).to.include({ own: true, cause: null, websiteId: 1 });
      expect(await waiting()).to.deep.equal([]);
    });

    it('tell what an update is about, and nothing of a lock alone', async () => {
      const made = await room.customer();
      const update = async (changes: Record<string, string | number>) => {
        const current = await room.customers.byId(room.database, made.id);
        if (!current) throw new Error('it is there');
        await room.database.transaction((tx) => room.customers.update(tx, current, changes, moment));
        return room.handedOn();
      };
      expect(await update({ firstname: 'Eve' })).to.deep.equal([`updated ${made.id} profile`]);
      expect(await update({ group_id: 2 })).to.deep.equal([`updated ${made.id} group`]);
      expect(await update({ lock_expires: '2038-01-01 00:00:00' })).to.deep.equal([]);
      expect(await update({ is_active: 0 })).to.deep.equal([`updated ${made.id} profile`]);
    });

    it('tell a password, and never what it is', async () => {
      const { id } = await room.customer();
      await room.database.transaction((tx) => room.passwords.set(tx, id, 'secret:salt:3', moment));
      const rows = await room.database.all(sql`SELECT * FROM {vestibule_change}`);
      expect(JSON.stringify(rows)).to.not.contain('secret');
      expect(await room.handedOn()).to.deep.equal([`updated ${id} password`]);
      expect(room.heard[0]).to.include({ websiteId: 1 });
    });

    it('tell each address with its id', async () => {
      const made = await room.customer();
      const save = (id?: number) =>
        room.database.transaction((tx) =>
          room.customers.saveAddress(
            tx,
            made,
            {
              ...(id === undefined ? {} : { id }),
              attributes: {
                city: id === undefined ? 'x' : 'y',
                country_id: 'DE',
                firstname: 'A',
                lastname: 'B',
                street: 's',
                telephone: '1',
              },
            },
            moment,
          ),
        );
      const row = async () =>
        room.database.first<{ entity_id: number }>(
          sql`SELECT entity_id FROM {customer_address_entity} WHERE parent_id = ${made.id}`,
        );
      await save();
      const address = (await row())?.entity_id ?? 0;
      expect(await room.handedOn()).to.deep.equal([`address-created ${made.id}/${address}`]);
      await save(address);
      expect(await room.handedOn()).to.deep.equal([`address-updated ${made.id}/${address}`]);
      await room.database.transaction((tx) => room.customers.removeAddress(tx, made, address, moment));
      expect(await room.handedOn()).to.deep.equal([`address-deleted ${made.id}/${address}`]);
    });

    it('tell a move of a thousand customers by one statement', async () => {
      const ids: number[] = [];
      await room.database.transaction(async (tx) => {
        for (let i = 0; i < 1000; i++)
          tx.later(
            sql`INSERT INTO {customer_entity} (website_id, email) VALUES (1, ${`many${i}@example.com`})`,
            ({ insertId }) => void ids.push(insertId),
          );
      });
      const counted = countStatements(room.database);
      await room.database.transaction((tx) => room.groups.move(tx, ids, 3, { disableAutoGroupChange: true }, moment));
      counted.stop();
      expect(counted.statements).to.have.length(3);
      expect(await room.handedOn()).to.deep.equal(ids.map((id) => `updated ${id} group`));
      expect(room.heard[999]).to.include({ own: true, websiteId: 1 });
    });

    it('tell a deletion, and what anonymisation takes', async () => {
      const gone = await room.customer({ address: true });
      await room.database.transaction((tx) => room.customers.delete(tx, gone, moment));
      expect(await room.handedOn()).to.deep.equal([`deleted ${gone.id}`]);
      const known = await room.customer({ address: true });
      await room.database.transaction((tx) => room.customers.anonymise(tx, known, moment));
      expect(await room.handedOn()).to.deep.equal([
        `updated ${known.id} profile+password`,
        `address-deleted ${known.id}/${known.addresses[0]?.id}`,
      ]);
    });

    it('cost no message of their own, and nothing where the change is rolled back', async () => {
      const made = await room.customer();
      const counted = countStatements(room.database);
      await room.database
        .transaction(async (tx) => {
          await room.customers.update(tx, made, { firstname: 'Eve' }, moment);
          expect(counted.statements).to.have.length(3);
          throw new Error('no');
        })
        .catch(() => {});
      counted.stop();
      expect(await waiting()).to.deep.equal([]);
    });

    it('carry who asked for them', async () => {
      const made = await room.customer();
      await room.database.transaction(async (tx) => {
        tx.cause = 'connection:7';
        await room.customers.update(tx, made, { firstname: 'Eve' }, moment);
        await room.groups.move(tx, [made.id], 2, { disableAutoGroupChange: true }, moment);
      });
      await room.database.transaction((tx) => room.passwords.set(tx, made.id, 'a:b:1', moment));
      expect(await room.handedOn()).to.deep.equal([`updated ${made.id} profile+group`, `updated ${made.id} password`]);
      expect(room.heard.map(({ cause }) => cause)).to.deep.equal(['connection:7', null]);
    });
  });

  describe('are handed on', () => {
    const leave = (kind: string, customer: number) =>
      sql`INSERT INTO {vestibule_change} (kind, customer_id, website_id, aspects, own, at_ms) VALUES (${kind}, ${customer}, 1, ${kind === 'updated' ? 1 : 0}, 1, 5)`;

    it('in batches, each row once, in order', async () => {
      await room.database.transaction(async (tx) => {
        for (let i = 1; i <= 1000; i++) tx.later(leave('deleted', i));
      });
      const sizes: number[] = [];
      room.onHandingOn((changes) => void sizes.push(changes.length));
      const counted = countStatements(room.database);
      expect(await room.pump.pump()).to.equal(1000);
      counted.stop();
      expect(counted.statements.filter((text) => text.startsWith('DELETE'))).to.have.length(3);
      room.onHandingOn(undefined);
      expect(sizes).to.deep.equal([400, 400, 200]);
      expect(await room.pump.pump()).to.equal(0);
    });

    it('again when an observer has failed: the rows stay', async () => {
      await room.database.run(leave('created', 1));
      let tries = 0;
      room.onHandingOn(() => {
        if (++tries === 1) throw new Error('not today');
      });
      expect(await room.pump.pump().catch((error: Error) => error.message)).to.equal('not today');
      expect(await waiting()).to.have.length(1);
      expect(await room.handedOn()).to.deep.equal(['created 1']);
      room.onHandingOn(undefined);
    });

    it('by one of two processes at a time, each row once', async () => {
      const heard: CapturedChange[] = [];
      const other = await createTestHost({
        modules: [
          changeCapture,
          defineModule({
            name: 'other',
            version: '1.0.0',
            sequence: ['change-capture'],
            observers: [
              observe(ChangesCaptured, {
                id: 'other.heard',
                when: 'committed',
                handle: ({ changes }) => void heard.push(...changes),
              }),
            ],
          }),
        ],
        database: room.foreign,
      });
      room.heard.length = 0;
      const pumps = [room.pump, other.resolve(ChangePump)];
      for (let round = 0; round < 3; round++) {
        await room.database.transaction(async (tx) => {
          for (let i = 0; i < 450; i++) tx.later(leave('deleted', round * 450 + i));
        });
        await Promise.all(pumps.map((pump) => pump.pump()));
      }
      for (const pump of pumps) await pump.pump();
      await other.close();
      const all = [...room.heard, ...heard];
      expect(all).to.have.length(1350);
      expect(new Set(all.map(({ customerId }) => customerId)).size).to.equal(1350);
      for (const list of [room.heard, heard]) {
        const ids = list.map(({ id }) => id);
        expect(ids).to.deep.equal([...ids].sort((a, b) => a - b));
      }
    });

    if (engine.name === 'mysql')
      it('without waiting for those of open transactions', async () => {
        await room.foreign.transaction(async (tx) => {
          await tx.run(leave('deleted', 1));
          await room.database.run(leave('deleted', 2));
          await tx.run(leave('deleted', 3));
          await room.database.run(leave('deleted', 4));
          expect(await room.handedOn()).to.deep.equal(['deleted 2', 'deleted 4']);
          // Enough to make a scan of the table look cheap.
          await room.database.run(
            sql`INSERT INTO {vestibule_change} (kind, customer_id, own, at_ms) SELECT 'deleted', entity_id, 1, 5 FROM {customer_entity} LIMIT 300`,
          );
          expect(await room.handedOn()).to.have.length(300);
        });
        expect(await room.handedOn()).to.deep.equal(['deleted 1', 'deleted 3']);
      });

    it('with the website of the customer, where only a value or an address told of it', async () => {
      const made = await room.customer({ address: true });
      const address = made.addresses[0]?.id ?? 0;
      const row = (kind: string, customer: number | null, addressId: number | null) =>
        room.database.run(
          sql`INSERT INTO {vestibule_change} (kind, customer_id, address_id, aspects, own, at_ms) VALUES (${kind}, ${customer}, ${addressId}, ${addressId === null ? 1 : 0}, 1, 5)`,
        );
      await row('updated', made.id, null);
      await row('address-updated', null, address);
      await row('address-updated', null, 4_000_000_000);
      await row('updated', 4_000_000_000, null);
      expect(await room.handedOn()).to.deep.equal([
        `updated ${made.id} profile`,
        `address-updated ${made.id}/${address}`,
        'updated 4000000000 profile',
      ]);
      expect(room.heard.map(({ websiteId }) => websiteId)).to.deep.equal([1, 1, null]);
      expect(room.heard.map(said)).to.have.length(3);
    });
  });

  describe('in a server', () => {
    afterEach(async () => {
      await room.pump.stop();
      room.onHandingOn(undefined);
    });
    const handingOn = (work: () => void = () => {}): Promise<readonly CapturedChange[]> =>
      new Promise((resolve) => {
        room.onHandingOn((changes) => {
          resolve(changes);
          work();
        });
      });

    it('are handed on by themselves: what waits at the start, own ones, and those of others', async () => {
      const { id } = await room.customer();
      const leave = (customer: number) =>
        sql`INSERT INTO {vestibule_change} (kind, customer_id, own, at_ms) VALUES ('deleted', ${customer}, 1, 5)`;
      await room.database.run(leave(1));
      let next = handingOn();
      room.pump.start();
      expect((await next).map(said)).to.deep.equal(['deleted 1']);
      next = handingOn();
      await room.database.transaction((tx) => room.passwords.set(tx, id, 'a:b:1', moment));
      expect((await next).map(said)).to.deep.equal([`updated ${id} password`]);
      next = handingOn();
      await room.foreign.run(leave(2));
      expect((await next).map(said)).to.deep.equal(['deleted 2']);
    });

    it('of this host ring, so that nobody has to look', async () => {
      const { resolve } = room.host;
      const pump = createPump({
        ...{ database: room.database, events: resolve(Events), clock: resolve(Clock), logger: silentLogger },
        lookEvery: 3_600_000,
      });
      const leave = (tx: Transaction) =>
        tx.run(sql`INSERT INTO {vestibule_change} (kind, customer_id, own, at_ms) VALUES ('deleted', 1, 1, 5)`);
      await room.database.transaction(leave);
      let next = handingOn();
      pump.start();
      await next;
      next = handingOn();
      await room.database.transaction(async (tx) => {
        await leave(tx);
        pump.ringAfter(tx);
      });
      expect(await next).to.have.length(1);
      await pump.stop();
    });

    it('that cannot be handed on are kept, and since when is known until they are', async () => {
      const { id } = await room.customer();
      const noted = () =>
        room.database.first<{ failing_since_ms: number | null; failure: string | null }>(
          sql`SELECT failing_since_ms, failure FROM {vestibule_change_pump}`,
        );
      const failing = handingOn(() => {
        throw new Error('not today');
      });
      await room.database.transaction((tx) => room.passwords.set(tx, id, 'a:b:1', moment));
      room.pump.start();
      await failing;
      await room.pump.stop();
      const [row, nowMs] = [await noted(), Date.now()];
      expect(row?.failure).to.equal('not today');
      const problems = await captureProblems(room.database, [], nowMs);
      expect(problems.map(({ code }) => code)).to.deep.equal(['CAPTURE_PUMP_FAILING']);
      expect(problems[0]?.message).to.contain('not today');
      expect(await waiting()).to.have.length(1);
      const well = handingOn();
      room.pump.start();
      await well;
      await room.pump.stop();
      expect(await noted()).to.deep.equal({ failing_since_ms: null, failure: null });
      expect(await captureProblems(room.database, [], nowMs)).to.deep.equal([]);
    });
  });
});
