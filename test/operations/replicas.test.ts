import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { connect, type Database, sql } from '../../modules/framework/index.ts';
import { scimClient } from '../provisioning/client.ts';
import { createMysqlDatabase } from '../setup/databases.ts';
import { freePort } from '../setup/free-port.ts';
import { createProject, type Program, type Project } from '../start/project.ts';
import { openReceiver, type Receiver } from '../webhook/delivery/receiver.ts';
import { begunSearch, createLoad, type Load } from './load.ts';

const users = 5;
const clients = ['ann', 'ben', 'cid', 'dee'];

/** Waits for what other processes do. */
async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 600) throw new Error(`it never came to this: ${what}`);
    await pause(50);
  }
}

const mysqlOnly = (process.env.VESTIBULE_TEST_ENGINES ?? 'mysql').includes('mysql') ? describe : undefined;

mysqlOnly?.('Three servers on one database', function () {
  this.timeout(90_000);
  let project: Project;
  let database: Database;
  let drop: () => Promise<void>;
  let receiver: Receiver;
  let load: Load;
  let servers: { readonly program: Program; readonly url: string }[];
  let stopped: { readonly code: number | string; readonly ms: number };
  let readiness = '200';
  let begunBefore: number | undefined;
  const rows = <R>(query: Parameters<Database['all']>[0]) => database.all<R>(query);
  const count = async (query: Parameters<Database['all']>[0]) => Number((await rows<{ n: number }>(query))[0]?.n);

  before(async () => {
    const made = await createMysqlDatabase();
    drop = made.drop;
    receiver = await openReceiver();
    project = await createProject({
      DATABASE_URL: made.url,
      CRYPT_KEY: '0123456789abcdef0123456789ABCDEF',
      BASE_URL: 'http://127.0.0.1:9',
      CONFIG__DEFAULT__WEBHOOK__SECURITY__ALLOWED_HOSTS: `127.0.0.1:${receiver.port}`,
    });
    const ports = [await freePort(), await freePort(), await freePort()];
    servers = ports.map((port) => ({
      program: project.run('server.ts', [], { PORT: String(port) }),
      url: `http://127.0.0.1:${port}`,
    }));
    await Promise.all(servers.map(({ program }) => program.says('Vestibule listens')));
    database = await connect({ url: made.url });
  });
  after(async () => {
    await project.dispose();
    await receiver.close();
    await database.close();
    await drop();
  });

  it('that start at once on an empty one migrate it once, and one of them tells the secrets', async () => {
    const told = servers.filter(({ program }) => program.out().includes('SCIM bearer token'));
    expect(told).to.have.length(1);
    expect(servers.map(({ program }) => program.err())).to.deep.equal(['', '', '']);
    expect(await count(sql`SELECT COUNT(*) AS n FROM {vestibule_connection}`)).to.equal(1);
    expect(await count(sql`SELECT COUNT(*) AS n FROM {admin_user}`)).to.equal(1);
    expect(await count(sql`SELECT COUNT(*) AS n FROM {vestibule_process}`)).to.equal(3);
  });

  describe('of which one is stopped under load', () => {
    before(async () => {
      const out = servers.map(({ program }) => program.out()).join('');
      const token = /SCIM bearer token: +(\S+)/.exec(out)?.[1] ?? '';
      const [first, second] = servers;
      const hook = ['webhook:create', '--scope', 'store/customer/*', '--destination'];
      const { code, err } = await project.cli([...hook, `http://127.0.0.1:${receiver.port}/in`, '--json']);
      expect({ code, err }).to.deep.equal({ code: 0, err: '' });
      const scim = scimClient(`${second?.url}/scim/v2`, token);
      const group = await scim.send('POST', '/Groups', {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
        displayName: 'Load',
      });
      const urls = servers.map(({ url }) => url);
      load = createLoad(() => urls, token, String(group.json.id));
      const work = Promise.all(clients.map((name) => load.client(name, users)));
      await until('a quarter of the load', async () => load.answered() > (clients.length * users * 5) / 4);
      const finish = await begunSearch(first?.url ?? '', token);
      const began = performance.now();
      const ended = first?.program.stop();
      const ready = () =>
        fetch(`${first?.url}/health/ready`).then(
          ({ status }) => String(status),
          () => 'refused',
        );
      while (readiness === '200') readiness = await ready();
      begunBefore = await finish().catch(() => 0);
      stopped = { code: (await ended) ?? '', ms: performance.now() - began };
      await work;
    });

    it('every request is answered as it should be, by this server or, where it refused, by another one', () => {
      expect(load.problems).to.deep.equal([]);
      expect(load.answered()).to.equal(clients.length * users * 5);
      expect(load.refusals()).to.be.above(0);
    });

    it('the pace of its connection is kept by all of them together: each tells what it has let in', async () => {
      const told = () => count(sql`SELECT SUM(requests) AS n FROM {vestibule_connection_use}`);
      await until('every request of the load is counted', async () => (await told()) >= load.answered());
    });

    it('a request that it had begun to read is read to its end, and answered', () => {
      expect(begunBefore).to.equal(200);
    });

    it('it is not ready any more, and has ended well within ten seconds', () => {
      expect(readiness).to.match(/^503$|^refused$/);
      expect(stopped.code).to.equal(0);
      expect(stopped.ms).to.be.below(10_000);
      expect(servers[0]?.program.err()).to.equal('');
    });

    it('what was acknowledged is there, and nothing else', async () => {
      const found = await rows<{ id: number; email: string; lastname: string; member: number }>(
        sql`SELECT c.entity_id AS id, c.email, c.lastname, (SELECT COUNT(*) FROM {vestibule_group_member} m WHERE m.customer_id = c.entity_id) AS member FROM {customer_entity} c ORDER BY c.entity_id`,
      );
      const expected = load.acknowledged
        .map(({ id, userName, familyName }) => ({ id: Number(id), email: userName, lastname: familyName, member: 1 }))
        .sort((a, b) => a.id - b.id);
      expect(found).to.deep.equal(expected);
    });

    it('jobs go on elsewhere: every customer is told of, once and in order', async () => {
      await until('nothing waits', async () => {
        const waiting = sql`SELECT (SELECT COUNT(*) FROM {vestibule_change}) + (SELECT COUNT(*) FROM {vestibule_webhook_lane}) AS n`;
        return (await count(waiting)) === 0;
      });
      const heard = new Map<number | string, string[]>();
      for (const { body, data } of receiver.received) {
        const list = heard.get(data.id) ?? [];
        heard.set(data.id, [...list, (JSON.parse(body) as { scope: string }).scope.slice('store/customer/'.length)]);
      }
      expect(new Set(receiver.received.map(({ id }) => id)).size, 'nothing twice').to.equal(receiver.received.length);
      for (const { id, userName } of load.acknowledged)
        expect(heard.get(Number(id)), userName).to.satisfy(
          (list: string[] | undefined) => list?.[0] === 'created' && !list.slice(1).includes('created'),
        );
      expect(heard.size).to.equal(load.acknowledged.length);
    });

    it('it has said good-bye; one that is killed is missed by the last one, which takes over what it had claimed', async () => {
      const missed = () =>
        servers
          .filter(({ program }) => program.out().includes('has ended without having stopped'))
          .map(({ url }) => url);
      expect(await count(sql`SELECT COUNT(*) AS n FROM {vestibule_process}`)).to.equal(2);
      expect(missed()).to.deep.equal([]);
      await servers[1]?.program.stop('SIGKILL');
      await until('the killed one is forgotten', async () => {
        return (await count(sql`SELECT COUNT(*) AS n FROM {vestibule_process}`)) === 1;
      });
      expect(missed()).to.deep.equal([servers[2]?.url]);
    });
  });
});
