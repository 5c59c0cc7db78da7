import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect, sql } from '../../modules/framework/index.ts';
import { findProgram } from '../setup/apt.ts';
import { createMysqlDatabase, type OpenedDatabase } from '../setup/databases.ts';

/** A database that was restored, at an address of its own. */
export interface RestoredDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Backs a database up as docs/operations.md says, into an empty one. */
export async function copyByBackup(original: OpenedDatabase): Promise<RestoredDatabase> {
  const copy = original.url.startsWith('sqlite:') ? await vacuumed(original) : await dumped(original.url);
  // A backup lies some time before its restoration, and times of tables are told in seconds.
  const database = await connect({ url: copy.url });
  await database.run(sql`UPDATE {vestibule_continuity} SET seen_ms = seen_ms - 5000`);
  await database.close();
  return copy;
}

async function vacuumed({ url, database }: OpenedDatabase): Promise<RestoredDatabase> {
  const file = `${url.slice('sqlite:'.length)}.restored`;
  await database.withSession((session) => session.execute(`VACUUM INTO '${file}'`));
  return {
    url: `sqlite:${file}`,
    async drop() {
      for (const part of ['', '-wal', '-shm']) await rm(file + part, { force: true });
    },
  };
}

async function dumped(url: string): Promise<RestoredDatabase> {
  const copy = await createMysqlDatabase();
  const [dump, load] = await Promise.all([
    clientFor('mariadb-dump', 'mysqldump', url, ['--single-transaction', '--triggers', '--hex-blob']),
    clientFor('mariadb', 'mysql', copy.url, []),
  ]);
  dump.stdout.pipe(load.stdin);
  load.stdout.resume();
  const codes = await Promise.all([dump, load].map(async (child) => (await once(child, 'close'))[0]));
  if (codes.some((code) => code !== 0)) throw new Error(`dump and load ended with ${codes.join(' and ')}`);
  return copy;
}

async function clientFor(name: string, formerName: string, url: string, words: readonly string[]) {
  const program = (await findProgram(name)) ?? (await findProgram(formerName));
  if (program === undefined) throw new Error(`${name} is missing; it belongs to mariadb-client`);
  const { hostname, port, username, password, pathname } = new URL(url);
  const at = [
    '--no-defaults',
    `--host=${hostname}`,
    `--port=${port || 3306}`,
    `--user=${decodeURIComponent(username)}`,
  ];
  const env = { ...process.env, MYSQL_PWD: decodeURIComponent(password) };
  return spawn(program, [...at, ...words, pathname.slice(1)], { env, stdio: ['pipe', 'pipe', 'inherit'] });
}
