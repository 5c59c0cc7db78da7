import { expect } from 'chai';
import { type Database, sql, type Transaction } from '../../../modules/framework/index.ts';
import { type NewRequest, SamlRequests } from '../../../modules/saml/request/requests.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openSamlRoom, type SamlRoom } from '../provider/saml-room.ts';

const browser = 'b'.repeat(64);
const minutes = 60_000;

onBothEngines('SAML requests', (engine) => {
  let room: SamlRoom;
  let requests: SamlRequests;
  let database: Database;

  before(async () => {
    room = await openSamlRoom(engine);
    database = room.database;
    requests = room.host.resolve(SamlRequests);
  });
  after(() => room.close());

  const open = (changes: Partial<NewRequest> = {}) =>
    requests.open(database, {
      ...{ connectionId: 7, kind: 'login', returnTo: 'https://shop.example/', browser, now: room.now() },
      ...changes,
    });
  const take = (id: string, changes: Partial<{ connectionId: number; browser: string; now: Date }> = {}) =>
    database.transaction((tx) => requests.take(tx, { id, connectionId: 7, browser, now: room.now(), ...changes }));
  const see = (messageId: string, connectionId = 7) =>
    database.transaction((tx) =>
      requests.firstSight(tx, { connectionId, messageId, until: new Date(room.now().getTime() + 5 * minutes) }),
    );

  it('are taken once, as they were opened', async () => {
    const opened = await open({ kind: 'test' });
    expect(opened.id).to.match(/^_[0-9a-f]{40}$/);
    expect(await take(opened.id)).to.deep.equal({
      ...{ id: opened.id, connectionId: 7, kind: 'test', returnTo: 'https://shop.example/', createdAt: room.now() },
    });
    expect(await take(opened.id)).to.equal(undefined);
  });

  it('are looked at without being taken', async () => {
    const { id } = await open({ returnTo: null });
    const answered = { id, connectionId: 7, browser, now: room.now() };
    expect(await requests.find(database, answered)).to.include({ id, returnTo: null });
    expect(await requests.find(database, answered)).to.include({ id });
    expect(await take(id)).to.include({ id });
  });

  it('are only for the connection and the browser that they were opened for', async () => {
    const { id } = await open();
    expect(await take(id, { connectionId: 8 })).to.equal(undefined);
    expect(await take(id, { browser: 'c'.repeat(64) })).to.equal(undefined);
    expect(await take(id.toUpperCase())).to.equal(undefined);
    expect(await take(`${id}${' '.repeat(100)}`)).to.equal(undefined);
    expect(await take(`${id} `)).to.equal(undefined);
    expect(await take(id)).to.include({ id });
  });

  it('end after ten minutes', async () => {
    const { id } = await open();
    const end = room.now().getTime() + 10 * minutes;
    expect(await take(id, { now: new Date(end) })).to.equal(undefined);
    expect(await take(id, { now: new Date(end - 1) })).to.include({ id });
  });

  it('are taken by one of thirty at once', async () => {
    const { id } = await open();
    const taken = await Promise.all(Array.from({ length: 30 }, () => take(id)));
    expect(taken.filter((request) => request !== undefined)).to.have.length(1);
  });

  it('are not taken by who saw them before somebody else took them', async () => {
    const { id } = await open();
    const taken = await database.transaction((tx) => {
      const late: Transaction = {
        ...{ dialect: tx.dialect, all: tx.all.bind(tx), first: tx.first.bind(tx) },
        ...{ later: tx.later.bind(tx), afterCommit: tx.afterCommit.bind(tx) },
        async run(query) {
          await tx.run(sql`DELETE FROM {vestibule_saml_request} WHERE request_id = ${id}`);
          return tx.run(query);
        },
      };
      return requests.take(late, { id, connectionId: 7, browser, now: room.now() });
    });
    expect(taken).to.equal(undefined);
  });

  it('come back when what took them is rolled back', async () => {
    const { id } = await open();
    const failing = database.transaction(async (tx) => {
      expect(await requests.take(tx, { id, connectionId: 7, browser, now: room.now() })).to.include({ id });
      throw new Error('refused');
    });
    expect(await failing.catch((error: Error) => error.message)).to.equal('refused');
    expect(await take(id)).to.include({ id });
  });

  it('let a message in once, per connection and to the letter', async () => {
    expect(await see('_message')).to.equal(true);
    expect(await see('_message')).to.equal(false);
    expect(await see('_MESSAGE')).to.equal(true);
    expect(await see('_message', 8)).to.equal(true);
  });

  it('let one of 100 concurrent replays in', async () => {
    const seen = await Promise.all(Array.from({ length: 100 }, () => see('_replayed')));
    expect(seen.filter((first) => first)).to.have.length(1);
  });

  it('are forgotten in small batches when they have ended, and no sooner', async () => {
    await database.run(sql`DELETE FROM {vestibule_saml_request}`);
    await database.run(sql`DELETE FROM {vestibule_saml_sighting}`);
    const old = new Date(room.now().getTime() - 60 * minutes);
    await database.transaction(async (tx) => {
      for (let i = 0; i < 1_100; i++)
        tx.later(
          sql`INSERT INTO {vestibule_saml_sighting} (connection_id, message_digest, expires_at) VALUES (${i % 3}, ${`${i}`}, ${'2020-01-01 00:00:00.000'})`,
        );
      for (let i = 0; i < 3; i++)
        await requests.open(tx, { connectionId: 7, kind: 'login', returnTo: null, browser, now: old });
    });
    const { id } = await open();
    await see('_fresh');
    expect(await requests.purge(database, room.now())).to.deep.equal({ requests: 3, sightings: 1_100 });
    expect(await requests.purge(database, room.now())).to.deep.equal({ requests: 0, sightings: 0 });
    expect(await take(id)).to.include({ id });
    expect(await see('_fresh')).to.equal(false);
  });
});
