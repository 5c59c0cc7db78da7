import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import Libsql from 'libsql';
import { connect } from '../../../../modules/framework/database/connect.ts';
import { sql } from '../../../../modules/framework/database/sql.ts';
import type { SqlDatabase } from '../../../../modules/framework/database/sql-database.ts';
import { SqliteSession } from '../../../../modules/framework/database/sqlite/session.ts';
import { failureOf } from '../failure-of.ts';

describe('A SQLite file that another process writes to', () => {
  let file: string;
  let database: SqlDatabase;
  let other: Libsql.Database;

  beforeEach(async () => {
    file = join(tmpdir(), `vestibule-busy-${process.pid}-${Math.random().toString(36).slice(2)}.sqlite`);
    database = await connect({ url: `sqlite:${file}` });
    await database.run(sql`CREATE TABLE {t} (name VARCHAR(20) PRIMARY KEY)`);
    other = new Libsql(file);
  });
  afterEach(async () => {
    if (other.open) other.close();
    await database.close();
    for (const part of ['', '-wal', '-shm']) await rm(file + part, { force: true });
  });

  const names = async () =>
    (await database.all<{ name: string }>(sql`SELECT name FROM {t} ORDER BY 1`)).map((row) => row.name);

  /** The other connection writes; answers how it commits. */
  function hold(): () => void {
    other.exec("BEGIN IMMEDIATE; INSERT INTO t VALUES ('other')");
    return () => other.exec('COMMIT');
  }

  it('is waited for by transactions and single writes, without blocking this process', async () => {
    const letGo = hold();
    let turns = 0;
    const turning = setInterval(() => {
      if (++turns === 30) letGo();
    }, 1);
    let runs = 0;
    await Promise.all([
      database.transaction(async (tx) => {
        runs++;
        await tx.run(sql`INSERT INTO {t} VALUES ('a')`);
      }),
      database.run(sql`INSERT INTO {t} VALUES ('b')`),
    ]);
    clearInterval(turning);
    expect(turns).to.be.at.least(30);
    expect(runs).to.equal(1);
    expect(await names()).to.deep.equal(['a', 'b', 'other']);
  });

  it('is read meanwhile as it was', async () => {
    const letGo = hold();
    const waiting = database.run(sql`INSERT INTO {t} VALUES ('a')`);
    expect(await names()).to.deep.equal([]);
    letGo();
    await waiting;
    expect(await names()).to.deep.equal(['a', 'other']);
  });

  it('does not keep later commits from working (a prepared statement left open would)', async () => {
    const session = await database.withSession(async (first) => first as SqliteSession);
    setTimeout(hold(), 30);
    await database.run(sql`INSERT INTO {t} VALUES ('a')`);
    expect(session.tainted).to.equal(false);
    for (const name of ['b', 'c']) {
      await database.transaction((tx) => tx.run(sql`INSERT INTO {t} VALUES (${name})`));
    }
    expect(await names()).to.deep.equal(['a', 'b', 'c', 'other']);
  });

  it('is given up after five seconds as DB_CONTENTION, and works again after that', async () => {
    other.exec('BEGIN IMMEDIATE');
    const failures = await Promise.all([
      failureOf(database.run(sql`INSERT INTO {t} VALUES ('a')`)),
      failureOf(database.transaction((tx) => tx.run(sql`INSERT INTO {t} VALUES ('b')`))),
    ]);
    expect(failures.map((failure) => failure.code)).to.deep.equal(['DB_CONTENTION', 'DB_CONTENTION']);
    other.exec('ROLLBACK');
    await database.run(sql`INSERT INTO {t} VALUES ('c')`);
    expect(await names()).to.deep.equal(['c']);
  });

  it('is opened again when a prepared statement met the lock', async () => {
    const first = await database.withSession(async (session) => session as SqliteSession);
    first.tainted = true;
    await names();
    const second = await database.withSession(async (session) => session);
    expect(second).to.not.equal(first);
    expect(await names()).to.deep.equal([]);
  });

  it('takes the writes of four processes at once, none lost', async function () {
    this.timeout(30_000);
    const script = new URL('./insert-rows.ts', import.meta.url).pathname;
    const children = ['p', 'q', 'r', 's'].map((letter) =>
      spawn(process.execPath, ['--import', 'tsx', script, file, letter, '100'], {
        stdio: ['ignore', 'ignore', 'inherit'],
      }),
    );
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
    expect(codes).to.deep.equal([0, 0, 0, 0]);
    expect(await database.first(sql`SELECT COUNT(*) AS n FROM {t}`)).to.deep.equal({ n: 400 });
  });
});

describe('A prepared statement that meets a lock', () => {
  it('marks its connection as not to be used again', async () => {
    const busy = Object.assign(new Error('database is locked'), { rawCode: 5 });
    const statement = {
      reader: false,
      run() {
        throw busy;
      },
    };
    const session = new SqliteSession({ exec() {}, prepare: () => statement } as unknown as Libsql.Database);
    expect(await failureOf(session.run('UPDATE t SET a = 1', []))).to.equal(busy);
    expect(session.tainted).to.equal(true);
  });
});

describe('A SQLite file', () => {
  it('that somebody holds for themselves is waited for while it is opened', async () => {
    const file = join(tmpdir(), `vestibule-alone-${process.pid}-${Math.random().toString(36).slice(2)}.sqlite`);
    const alone = new Libsql(file);
    alone.exec(
      'PRAGMA journal_mode = WAL; PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE t (name); INSERT INTO t VALUES (1)',
    );
    setTimeout(() => alone.close(), 50);
    const database = await connect({ url: `sqlite:${file}` });
    expect(await database.all(sql`SELECT name FROM {t}`)).to.deep.equal([{ name: 1 }]);
    await database.close();
    for (const part of ['', '-wal', '-shm']) await rm(file + part, { force: true });
  });

  it('is set up for durability and may be read by its owner only', async () => {
    const folder = join(tmpdir(), `vestibule-new-${process.pid}-${Math.random().toString(36).slice(2)}`);
    const database = await connect({ url: 'sqlite:var/x.sqlite', root: folder });
    const pragma = async (name: string) => Object.values((await database.first(sql([`PRAGMA ${name}`]))) ?? {})[0];
    expect(await pragma('journal_mode')).to.equal('wal');
    expect(await pragma('synchronous')).to.equal(2);
    expect(await pragma('foreign_keys')).to.equal(1);
    expect(await pragma('busy_timeout')).to.equal(0);
    expect((await stat(join(folder, 'var/x.sqlite'))).mode & 0o777).to.equal(0o600);
    await database.close();
    await rm(folder, { recursive: true });
  });

  it('that is full is DB_FULL, keeps nothing of the transaction, and works again', async () => {
    const database = await connect({ url: 'sqlite::memory:' });
    await database.run(sql`CREATE TABLE {t} (text TEXT)`);
    await database.all(sql`PRAGMA max_page_count = 20`);
    const late: string[] = [];
    const filling = database.transaction(async (tx) => {
      for (;;) {
        const failed = await tx.run(sql`INSERT INTO {t} VALUES (${'x'.repeat(3000)})`).catch((error) => error);
        if (failed instanceof Error) {
          late.push((await failureOf(tx.run(sql`INSERT INTO {t} VALUES ('late')`))).code);
          throw failed;
        }
      }
    });
    expect((await failureOf(filling)).code).to.equal('DB_FULL');
    expect(late).to.deep.equal(['DB_FULL']);
    expect(await database.first(sql`SELECT COUNT(*) AS n FROM {t}`)).to.deep.equal({ n: 0 });
    await database.run(sql`INSERT INTO {t} VALUES ('fits')`);
    await database.close();
  });
});
