import { expect } from 'chai';
import { AddressList } from '../../modules/connection/address/address-list.ts';
import { Connections } from '../../modules/connection/index.ts';
import { limitsTogether, type RequestLimits } from '../../modules/connection/limit/request-limits.ts';
import { createSharedUse, type SharedUse } from '../../modules/connection/limit/shared-use.ts';
import { silentLogger, sql } from '../../modules/framework/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type ConnectionRoom, openRoom } from './room.ts';

const settings = {
  requestsPerSecond: 10,
  burstSeconds: 2,
  badTokensPerMinute: 60,
  trustedProxies: new AddressList([]),
};

onBothEngines('The pace of a connection that several servers serve', (engine) => {
  let room: ConnectionRoom;
  let time: number;
  let alone: boolean;
  before(async () => {
    room = await openRoom(engine);
  });
  after(() => room.close());
  beforeEach(async () => {
    time = 0;
    alone = false;
    await room.database.run(sql`DELETE FROM {vestibule_connection_use}`);
  });

  interface Server {
    readonly use: SharedUse;
    readonly limits: RequestLimits;
  }
  function server(): Server {
    const now = () => time;
    const use = createSharedUse({ database: room.database, logger: silentLogger, alone: async () => alone, now });
    return { use, limits: limitsTogether(now, use) };
  }
  const connect = async (code: string) =>
    (await room.host.resolve(Connections).list(room.database)).find((one) => one.code === code) ?? room.connect(code);
  const served = (at: Server, connection: Parameters<RequestLimits['admit']>[0], times: number) =>
    Array.from({ length: times }, () => at.limits.admit(connection, settings)).filter((soon) => soon === undefined)
      .length;

  it('is kept by all of them together but for what comes within a second', async () => {
    const connection = await connect('okta');
    const servers = [server(), server(), server()];
    for (const { use } of servers) await use.exchange();
    let passed = 0;
    const seconds = 60;
    for (let second = 0; second < seconds; second++) {
      for (let tenth = 0; tenth < 10; tenth++) {
        for (const each of servers) passed += served(each, connection, 5);
        time += 100;
      }
      for (const { use } of servers) await use.exchange();
    }
    // Each has a burst of its own before it hears of the others; from then on it is one pace.
    const burst = servers.length * settings.burstSeconds * settings.requestsPerSecond;
    expect(passed).to.be.within(
      seconds * settings.requestsPerSecond * 0.9,
      seconds * settings.requestsPerSecond * 1.1 + burst,
    );
    const alone = server();
    expect(served(alone, connection, 1_000), 'one that never heard of it').to.equal(20);
  });

  it('is charged with the operations of a bulk request elsewhere', async () => {
    const connection = await connect('okta');
    const [here, there] = [server(), server()];
    served(here, connection, 1);
    for (const { use } of [here, there]) await use.exchange();
    there.limits.charge(connection, settings, 100);
    await there.use.exchange();
    expect(served(here, connection, 1)).to.equal(1);
    await here.use.exchange();
    expect(here.limits.admit(connection, settings)?.retryAfter).to.be.within(8, 9);
    const [row] = await room.database.all(sql`SELECT requests FROM {vestibule_connection_use}`);
    expect(row).to.deep.equal({ requests: 102 });
  });

  it('is not charged with what was long ago, nor twice, nor with one’s own', async () => {
    const connection = await connect('okta');
    const [here, there] = [server(), server()];
    served(here, connection, 5);
    for (const { use } of [here, there]) await use.exchange();
    for (let i = 0; i < 5; i++) await here.use.exchange();
    expect(served(here, connection, 100), 'the rest of the burst').to.equal(15);
    time += 60_000;
    there.limits.charge(connection, settings, 1_000_000);
    await there.use.exchange();
    await here.use.exchange();
    expect(served(here, connection, 100), 'a whole burst').to.equal(20);
  });

  it('costs nothing where one server is alone', async () => {
    alone = true;
    const connection = await connect('okta');
    const here = server();
    served(here, connection, 20);
    room.statements.reset();
    for (let i = 0; i < 10; i++) await here.use.exchange();
    expect(room.statements.statements).to.deep.equal([]);
    alone = false;
    for (let i = 0; i < 5; i++) await here.use.exchange();
    expect(room.statements.statements).to.have.length(5);
  });

  it('is one’s own where the database can not be asked, and nothing of it is lost', async () => {
    const connection = await connect('okta');
    const here = server();
    await here.use.exchange();
    served(here, connection, 7);
    await room.database.run(sql`ALTER TABLE {vestibule_connection_use} RENAME TO {vestibule_connection_gone}`);
    try {
      expect(await here.use.exchange().catch(() => 'failed')).to.equal('failed');
    } finally {
      await room.database.run(sql`ALTER TABLE {vestibule_connection_gone} RENAME TO {vestibule_connection_use}`);
    }
    await here.use.exchange();
    expect(await room.database.all(sql`SELECT requests FROM {vestibule_connection_use}`)).to.deep.equal([
      { requests: 7 },
    ]);
  });

  it('is told to those who stay by a server that stops', async () => {
    const connection = await connect('okta');
    const here = server();
    here.use.start();
    served(here, connection, 3);
    await here.use.stop();
    expect(await room.database.all(sql`SELECT requests FROM {vestibule_connection_use}`)).to.deep.equal([
      { requests: 3 },
    ]);
  });

  it('goes with the connection', async () => {
    const connection = await connect('brief');
    const here = server();
    served(here, connection, 1);
    await here.use.exchange();
    await room.transaction((tx) => room.connections.remove(tx, 'brief'));
    expect(await room.database.all(sql`SELECT connection_id FROM {vestibule_connection_use}`)).to.deep.equal([]);
  });
});
