import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { connect } from '../../modules/framework/database/connect.ts';
import type { SqlDatabase } from '../../modules/framework/database/sql-database.ts';
import { type MariadbServer, mariadbProgram, startMariadb } from './mariadb.ts';
import { mysqlCopy, sqliteCopy } from './template.ts';

export interface OpenedDatabase {
  /** Good for DATABASE_URL. */
  readonly url: string;
  readonly database: SqlDatabase;
  /** Closes the connections and drops the database. */
  dispose(): Promise<void>;
}

export interface OpenOptions {
  readonly tablePrefix?: string;
  readonly poolMax?: number;
  /** On SQLite, a file where others can open it too; where left out, in memory or a file. */
  readonly file?: boolean;
  readonly onEffectError?: (error: unknown) => void;
  /** Not empty but migrated for every enabled module, where a run of all tests has a template of that. */
  readonly migrated?: boolean;
}

export interface TestEngine {
  readonly name: 'sqlite' | 'mysql';
  /** Gives an empty database of its own. Statements on the database inside a transaction are refused (DB_NESTED). */
  open(options?: OpenOptions): Promise<OpenedDatabase>;
}

/** Runs the suite once per engine, as `<title> on sqlite` and `<title> on mysql`. */
export function onBothEngines(title: string, suite: (engine: TestEngine) => void): void {
  for (const engine of engines()) describe(`${title} on ${engine.name}`, () => suite(engine));
}

export const sqlite: TestEngine = { name: 'sqlite', open: openSqlite };
const mysqlEngine: TestEngine = { name: 'mysql', open: openMysql };

/** Both engines, unless VESTIBULE_TEST_ENGINES (`sqlite`, `mysql`, or both with a comma) says so explicitly. */
function engines(): readonly TestEngine[] {
  const wanted = (process.env.VESTIBULE_TEST_ENGINES ?? 'sqlite,mysql').split(',').map((name) => name.trim());
  const chosen = [sqlite, mysqlEngine].filter((engine) => wanted.includes(engine.name));
  if (chosen.length === 0)
    throw new Error('VESTIBULE_TEST_ENGINES names no engine; write sqlite, mysql or sqlite,mysql');
  return chosen;
}

async function openSqlite(options: OpenOptions = {}): Promise<OpenedDatabase> {
  const { file = false, migrated = false, ...rest } = options;
  const copy = migrated && !rest.tablePrefix ? await sqliteCopy() : undefined;
  const path = copy ?? join(tmpdir(), `vestibule-${process.pid}-${randomBytes(6).toString('hex')}.sqlite`);
  const url = file || copy !== undefined ? `sqlite:${path}` : 'sqlite::memory:';
  const database = await connect({ url, detectNesting: true, ...rest });
  return {
    url,
    database,
    async dispose() {
      await database.close();
      for (const part of ['', '-wal', '-shm']) await rm(path + part, { force: true });
    },
  };
}

/** Where `shared-server.ts` says which server it has started for all test processes. */
export const sharedServer = 'VESTIBULE_TEST_SERVER';

let own: Promise<MariadbServer> | undefined;

/** The server that tests use: TEST_MYSQL_URL, else a private one, shared or started when it is first asked for. No database. */
export async function mysqlServerUrl(): Promise<string> {
  const given = process.env.TEST_MYSQL_URL;
  if (given !== undefined && given !== '') {
    const url = new URL(given);
    url.pathname = '';
    return url.href;
  }
  const shared = process.env[sharedServer];
  if (shared !== undefined) return shared;
  own ??= startMariadb();
  return (await own).url;
}

/** Creates an empty database on the test server; answers its URL and how to drop it. */
export async function createMysqlDatabase({ migrated = false } = {}): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `vestibule_test_${process.pid}_${randomBytes(6).toString('hex')}`;
  const server = new URL(await mysqlServerUrl());
  const copy = migrated ? await mysqlCopy(server) : undefined;
  await onServer(
    server,
    `CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci; USE ${name};\n${copy ?? ''}`,
  );
  server.pathname = `/${name}`;
  return { url: server.href, drop: () => onServer(server, `DROP DATABASE IF EXISTS ${name}`) };
}

async function onServer(server: URL, statement: string): Promise<void> {
  const connection = await mysql.createConnection({
    host: server.hostname,
    port: Number(server.port || 3306),
    user: decodeURIComponent(server.username),
    password: decodeURIComponent(server.password),
    multipleStatements: true,
  });
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}

async function openMysql(options: OpenOptions = {}): Promise<OpenedDatabase> {
  const { file: _, migrated = false, ...rest } = options;
  const { url, drop } = await createMysqlDatabase({ migrated: migrated && !rest.tablePrefix });
  // A busy machine is no reason to refuse anybody.
  const database = await connect({ url, detectNesting: true, acquireTimeout: 15_000, ...rest });
  return {
    url,
    database,
    async dispose() {
      await database.close();
      await drop();
    },
  };
}

/**
 * mocha loads this file by `require`. MariaDB is looked for, and installed where that is possible, before the first test;
 * a server is started when a test asks for one and stopped after the last.
 */
export const mochaHooks = {
  async beforeAll(this: Mocha.Context): Promise<void> {
    if (!engines().includes(mysqlEngine) || process.env.TEST_MYSQL_URL || process.env[sharedServer]) return;
    this.timeout(900_000);
    await mariadbProgram();
  },
  async afterAll(this: Mocha.Context): Promise<void> {
    this.timeout(60_000);
    const server = own;
    own = undefined;
    await (await server)?.stop();
  },
};
