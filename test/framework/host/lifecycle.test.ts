import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'chai';
import request from 'supertest';
import {
  connect,
  createHost,
  createTestHost,
  Database,
  type Hook,
  onFirstStart,
  onStart,
  onStop,
  provide,
  route,
  service,
  silentLogger,
  sql,
} from '../../../modules/framework/index.ts';
import { nameOf } from '../../../modules/framework/presence/process-name.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { environment, room } from '../kernel.ts';

const hooked = (name: string, trace: string[], more: Hook[] = [], sequence: string[] = []) =>
  room(name, {
    sequence,
    hooks: [
      onStart(`${name}.start`, {}, () => void trace.push(`${name} start`)),
      onStop(`${name}.stop`, {}, () => void trace.push(`${name} stop`)),
      ...more,
    ],
  });

describe('host', () => {
  it('runs start hooks in module order and stop hooks in reverse', async () => {
    const trace: string[] = [];
    const test = await createTestHost({ modules: [hooked('b', trace), hooked('a', trace, [], ['b'])] });
    await test.listen();
    await test.close();
    await test.close();
    expect(trace).to.deep.equal(['b start', 'a start', 'a stop', 'b stop']);
  });

  it('runs every stop hook though one fails, and says so', async () => {
    const trace: string[] = [];
    const errors: object[] = [];
    const failing = onStop('b.fails', {}, () => Promise.reject(new Error('x')));
    const test = await createTestHost({
      modules: [hooked('b', trace, [failing])],
      logger: { ...silentLogger, error: (fields) => errors.push(fields) },
    });
    await test.listen();
    await test.close();
    expect(trace).to.include('b stop');
    expect(errors[0]).to.have.property('hook', 'b.fails');
  });

  it('takes no port and runs stop hooks when a start hook fails', async () => {
    const trace: string[] = [];
    const test = await createTestHost({
      modules: [
        hooked('a', trace),
        room('b', { hooks: [onStart('b.fails', {}, () => Promise.reject(new Error('no')))] }),
      ],
    });
    expect(await test.listen().catch((error: Error) => error.message)).to.equal('no');
    expect(trace).to.deep.equal(['a start', 'a stop']);
    await test.close();
  });

  it('is live and ready, and unready with 503 when the database does not answer', async () => {
    let down = false;
    const test = await createTestHost({ modules: [] });
    const database = test.resolve(Database);
    const { url } = await test.listen();
    const live = await request(url).get('/health/live').expect(200);
    expect(live.body).to.deep.equal({ status: 'live' });
    expect(live.headers['cache-control']).to.equal('no-store');
    expect((await request(url).get('/health/ready').expect(200)).body).to.deep.equal({ status: 'ready' });
    const first = database.first.bind(database);
    database.first = async (query) => (down ? Promise.reject(new Error('secret address')) : first(query));
    down = true;
    const unready = await request(url).get('/health/ready').expect(503);
    expect(unready.body).to.deep.equal({ status: 'database unreachable' });
    await request(url).get('/health/live').expect(200);
    await test.close();
  });

  it('finishes the request under way when it stops, and disconnects after that', async () => {
    const trace: string[] = [];
    let stop = async () => {};
    const slow = room('slow', {
      routes: [
        route('GET /slow', {
          public: 'test',
          inject: { database: Database },
          async handle(_request, response, { database }) {
            void stop().then(() => trace.push('stopped'));
            await database.first(sql`SELECT 1 AS one`);
            trace.push('answered');
            response.json({ connection: response.getHeader('Connection') ?? null });
          },
        }),
      ],
      hooks: [onStop('slow.stop', {}, () => void trace.push('stop hook'))],
    });
    const test = await createTestHost({ modules: [slow] });
    const { url } = await test.listen();
    stop = () => test.host.stop();
    await request(url).get('/slow').expect(200);
    await test.close();
    expect(trace).to.deep.equal(['answered', 'stop hook', 'stopped']);
  });

  it('leaves an open database that it was given open', async () => {
    const database = await connect({ url: 'sqlite::memory:' });
    const test = await createTestHost({ modules: [], database });
    await test.close();
    expect(await database.first(sql`SELECT 1 AS one`)).to.deep.equal({ one: 1 });
    await database.close();
  });

  it('closes a database that it opened when the boot fails after that', async () => {
    const Broken = service<object>('a.Broken');
    let opened: Database | undefined;
    const module = room('a', {
      provides: [
        provide(Broken, { database: Database }, ({ database }) => {
          opened = database;
          throw new Error('broken');
        }),
      ],
    });
    const inMemory = environment({ databaseUrl: 'sqlite::memory:' });
    await createHost({ modules: [module], environment: inMemory, logger: silentLogger }).catch(() => {});
    const outcome = await opened?.first(sql`SELECT 1 AS one`).then(
      () => 'open',
      () => 'closed',
    );
    expect(outcome).to.equal('closed');
  });

  it('says in one line that its database cannot be reached', async () => {
    const unreachable = environment({ databaseUrl: 'mysql://u:hush@127.0.0.1:1/x' });
    const error = (await createHost({ modules: [], environment: unreachable, logger: silentLogger }).catch(
      (caught: unknown) => caught,
    )) as Error;
    expect(error.message).to.match(/^Cannot start: framework: The database at/);
    expect(error.message).not.to.match(/hush|\n/);
  });
});

onBothEngines('first start', (engine) => {
  const telling = (ran: string[], fails: () => boolean = () => false) =>
    room('a', {
      hooks: [
        onFirstStart('a.first', {}, (_resolved, tell) => {
          ran.push('first');
          tell('Token', 'secret');
        }),
        onFirstStart('a.second', {}, (_resolved, tell) => {
          ran.push('second');
          if (fails()) throw new Error('broken');
          tell('URL', 'http://x');
        }),
      ],
    });

  it('runs its hooks once in the life of an installation and answers what they tell', async () => {
    const opened = await engine.open();
    const ran: string[] = [];
    const told: unknown[] = [];
    for (let start = 0; start < 2; start += 1) {
      const test = await createTestHost({ modules: [telling(ran)], database: opened.database });
      told.push((await test.host.listen()).told);
      await test.close();
    }
    expect(ran).to.deep.equal(['first', 'second']);
    expect(told).to.deep.equal([
      [
        { label: 'Token', value: 'secret' },
        { label: 'URL', value: 'http://x' },
      ],
      [],
    ]);
    await opened.dispose();
  });

  it('runs a hook again that failed, and not those before it', async () => {
    const opened = await engine.open();
    const ran: string[] = [];
    let broken = true;
    for (let start = 0; start < 2; start += 1) {
      const test = await createTestHost({ modules: [telling(ran, () => broken)], database: opened.database });
      await test.host.listen().catch(() => {});
      await test.close();
      broken = false;
    }
    expect(ran).to.deep.equal(['first', 'second', 'second']);
    await opened.dispose();
  });

  it('runs each hook once though two hosts start at the same time', async () => {
    const opened = await engine.open();
    const ran: string[] = [];
    const open = (module: ReturnType<typeof room>) => createTestHost({ modules: [module], database: opened.database });
    const other = await open(telling(ran));
    // While the first hook of the one is under way, the other runs the second and is done.
    const slow = room('a', {
      hooks: [
        onFirstStart('a.first', {}, async () => {
          await other.listen();
          ran.push('first, slowly');
        }),
        onFirstStart('a.second', {}, () => void ran.push('second again')),
      ],
    });
    const one = await open(slow);
    await one.listen();
    expect(ran).to.deep.equal(['second', 'first, slowly']);
    for (const test of [one, other]) await test.close();
    await opened.dispose();
  });

  it('takes over what a process had begun that was killed, and leaves it to one that lives', async () => {
    const opened = await engine.open();
    const ran: string[] = [];
    const begun = async (holder: string) => {
      const test = await createTestHost({ modules: [telling(ran)], database: opened.database });
      const { database } = opened;
      await database.run(sql`DELETE FROM {vestibule_setup_claim}`);
      await database.run(sql`INSERT INTO {vestibule_setup_claim} (id, held_by) VALUES (${'a.first'}, ${holder})`);
      await test.listen();
      await test.close();
    };
    const child = spawn('sleep', ['600'], { stdio: 'ignore' });
    await once(child, 'spawn');
    const name = nameOf(child.pid ?? 0);
    await begun(name);
    const whileItLived = [...ran];
    child.kill('SIGKILL');
    await once(child, 'exit');
    await begun(name);
    expect([whileItLived, ran]).to.deep.equal([['second'], ['second', 'first']]);
    await opened.dispose();
  });
});
