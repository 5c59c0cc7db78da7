import { expect } from 'chai';
import { UserMapping } from '../../../modules/attribute-mapping/index.ts';
import { followPublished, PublishedMappings } from '../../../modules/attribute-mapping/version/published.ts';
import { countStatements, type Executor } from '../../../modules/framework/index.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { documentSaying, type MappingRoom, noon, openMappingRoom, saidBy } from './mapping-room.ts';

onBothEngines('A published mapping', (engine) => {
  let room: MappingRoom;
  beforeEach(async () => {
    room = await openMappingRoom(engine);
  });
  afterEach(() => room.close());
  const publish = (text: string, connection = room.acme) =>
    room.transaction((tx) => room.versions.publish(tx, connection, documentSaying(text), { author: 'anna' }, noon));

  it('takes effect in another process within five seconds', async () => {
    let time = 0;
    const elsewhere = followPublished(room.database, { milliseconds: () => time });
    await elsewhere.ready(room.database, room.acme);
    expect(elsewhere.of(room.acme)).to.equal(undefined);
    await publish('One');
    time = 4_999;
    await elsewhere.ready(room.database, room.acme);
    expect(elsewhere.of(room.acme)).to.equal(undefined);
    time = 5_000;
    await elsewhere.ready(room.database, room.acme);
    expect(elsewhere.of(room.acme)).to.deep.equal({ version: 1, document: documentSaying('One') });
  });

  it('costs a look every five seconds for all connections, and one more for a new version', async () => {
    const other = await room.connect('other');
    await publish('One');
    await publish('Two', other);
    let time = 0;
    const counted = countStatements(room.database);
    const elsewhere = followPublished(room.database, { milliseconds: () => time });
    await elsewhere.ready(room.database, room.acme);
    expect(counted.statements).to.have.length(3);
    counted.reset();
    for (time = 0; time < 20_000; time += 1_000) await elsewhere.ready(room.database, other);
    expect(counted.statements).to.have.length(3);
    await publish('Three');
    counted.reset();
    time = 25_000;
    await elsewhere.ready(room.database, other);
    expect(counted.statements).to.have.length(2);
    expect(elsewhere.of(room.acme)?.version).to.equal(2);
  });

  it('finds the attributes that were made together with it in another process', async () => {
    const elsewhere = await openMappingRoom(engine, room.opened);
    try {
      await elsewhere.now();
      await room.transaction(async (tx) => {
        const made = await room.attributes.create(tx, { code: 'motto', backendType: 'varchar', label: 'Motto' }, noon);
        const change = { author: 'anna', publish: true };
        await room.versions.mapAttribute(tx, room.acme, made, 'title', change, noon);
      });
      // As if five seconds had passed for the one and not for the other.
      elsewhere.host.resolve(PublishedMappings).expire();
      const { attributes } = (await elsewhere.now()).map({ userName: 'jo', title: 'Onward' }, room.acme);
      expect(attributes.motto).to.equal('Onward');
    } finally {
      await elsewhere.close();
    }
  });

  it('takes effect with the commit, though a request looked between its writing and that', async () => {
    await room.now();
    let look = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      look = resolve;
    }).then(() => room.now());
    await room.transaction(async (tx) => {
      await room.versions.publish(tx, room.acme, documentSaying('One'), { author: 'anna' }, noon);
      look();
      // SQLite has one connection, so there the request waits for the commit.
      if (engine.name === 'mysql') await asked;
    });
    await asked;
    expect(saidBy(await room.now(), room.acme)).to.equal('One');
  });

  it('is compiled once for as long as it is in effect', async () => {
    await publish('One');
    const first = await room.now();
    expect(await room.now()).to.equal(first);
    expect(room.host.resolve(UserMapping).of(room.acme)).to.equal(first);
    await publish('Two');
    expect(saidBy(first, room.acme), 'a request that has begun ends with what it began with').to.equal('One');
    expect(saidBy(await room.now(), room.acme)).to.equal('Two');
  });

  it('stays what it was for as long as the database cannot be asked', async () => {
    await publish('One');
    let [time, broken] = [0, false];
    const { database } = room;
    const flaky: Pick<Executor, 'all' | 'first'> = {
      all: (query) => (broken ? Promise.reject(new Error('gone')) : database.all(query)),
      first: (query) => database.first(query),
    };
    const elsewhere = followPublished(flaky, { milliseconds: () => time });
    await elsewhere.ready(database, room.acme);
    [time, broken] = [10_000, true];
    await elsewhere.ready(database, room.acme);
    expect(elsewhere.of(room.acme)?.version).to.equal(1);
  });
});
