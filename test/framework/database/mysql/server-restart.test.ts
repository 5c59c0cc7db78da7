import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { connect } from '../../../../modules/framework/database/connect.ts';
import { raw, sql } from '../../../../modules/framework/database/sql.ts';
import type { SqlDatabase } from '../../../../modules/framework/database/sql-database.ts';
import { onBothEngines } from '../../../setup/databases.ts';
import { type MariadbServer, startMariadb } from '../../../setup/mariadb.ts';
import { failureOf } from '../failure-of.ts';

/** Stops a process and waits until its last thread has stopped: the signal alone arrives when it likes. */
async function freeze(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  const runs = (thread: string) => !/\) T /.test(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8'));
  while (readdirSync(`/proc/${pid}/task`).some(runs)) await new Promise((resolve) => setTimeout(resolve, 5));
}

onBothEngines('A server that goes away', (engine) => {
  // A server of our own must be there to be killed; TEST_MYSQL_URL may be somebody's.
  if (engine.name !== 'mysql' || process.env.TEST_MYSQL_URL) return;
  let server: MariadbServer;
  let database: SqlDatabase;

  before(async function () {
    this.timeout(60_000);
    server = await startMariadb();
    const setup = await connect({ url: `${server.url}/mysql` });
    await setup.run(sql`CREATE DATABASE shop`);
    await setup.close();
    database = await connect({ url: `${server.url}/shop`, poolMax: 4, statementTimeout: 1000 });
    await database.run(sql`CREATE TABLE {t} (n INTEGER PRIMARY KEY) ENGINE = InnoDB`);
  });
  after(async () => {
    await database.close();
    await server.stop();
  });

  const insert = (n: number) => database.transaction((tx) => tx.run(sql`INSERT INTO {t} VALUES (${n})`));

  it('is used again once it is back, without a restart of this process', async () => {
    await Promise.all([insert(1), insert(2), insert(3), insert(4)]);
    await server.kill();
    const down = await Promise.all([failureOf(insert(5)), failureOf(database.all(sql`SELECT n FROM {t}`))]);
    for (const error of down) expect(error.code).to.equal('DB_UNAVAILABLE');
    await server.restart();
    await insert(6);
    expect(await database.all(sql`SELECT COUNT(*) AS n FROM {t} WHERE n = 6`)).to.deep.equal([{ n: 1 }]);
  });

  it('is waited for when it is back soon', async () => {
    // As long as a start takes on a busy machine.
    const patient = await connect({ url: `${server.url}/shop`, acquireTimeout: 30_000 });
    await server.kill();
    const waiting = patient.transaction((tx) => tx.run(sql`INSERT INTO {t} VALUES (7)`));
    await server.restart();
    await waiting;
    expect(await patient.first(sql`SELECT n FROM {t} WHERE n = 7`)).to.deep.equal({ n: 7 });
    await patient.close();
  });

  it('while it is working fails what runs and nothing else', async () => {
    const running = failureOf(database.run(sql`INSERT INTO {t} SELECT 8 + ${raw('SLEEP(30)')}`));
    await database.all(sql`SELECT n FROM {t}`);
    await server.kill();
    expect((await running).code).to.equal('DB_COMMIT_UNKNOWN');
    await server.restart();
    await insert(9);
  });

  it('or freezes is given up, and used again once it thaws', async () => {
    await insert(10);
    await freeze(server.pid);
    const frozen = await Promise.all([failureOf(insert(11)), failureOf(database.all(sql`SELECT n FROM {t}`))]);
    process.kill(server.pid, 'SIGCONT');
    for (const error of frozen) expect(error.code).to.be.oneOf(['DB_UNAVAILABLE', 'DB_COMMIT_UNKNOWN']);
    await insert(12);
  });
});
