import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import knex, { type Knex } from 'knex';
import Libsql from 'libsql';
import { DatabaseError } from '../errors.ts';
import { knexOn, pause, poolOf, silent, Waiting } from '../pool.ts';
import type { Engine, Failure, TableAge } from '../session.ts';
import type { SqliteAddress } from '../url.ts';
import { sqliteDialect } from './dialect.ts';
import { type IndexColumns, isBusy, sqliteError, sqliteFailure } from './failures.ts';
import { libsqlClient } from './knex-client.ts';
import { SqliteSession } from './session.ts';

/** A writer of another process may hold the file for 5 s, and then this process's own queue still has to pass. */
const acquireTimeout = 8000;

/** One libsql connection: SQLite has one writer, and reads are too quick to run beside each other. */
export class SqliteEngine implements Engine<SqliteSession> {
  readonly dialect = sqliteDialect;
  readonly #client: typeof Knex.Client;
  readonly #knex: Knex;
  readonly #prefix: string;
  readonly #filename: string;
  readonly #sessions = new WeakMap<Libsql.Database, SqliteSession>();
  readonly #waiting = new Waiting();

  constructor(address: SqliteAddress, prefix: string) {
    this.#prefix = prefix;
    this.#filename = address.filename;
    this.#client = libsqlClient(() => openFile(address.filename));
    this.#knex = knex({
      client: this.#client,
      connection: { filename: address.filename },
      useNullAsDefault: true,
      pool: { min: 1, max: 1, propagateCreateError: true },
      acquireConnectionTimeout: acquireTimeout,
      log: silent,
    });
  }

  async acquire(_purpose: 'statement' | 'transaction'): Promise<SqliteSession> {
    const raw = await this.#acquireRaw();
    const known = this.#sessions.get(raw);
    if (known !== undefined) return known;
    const session = new SqliteSession(raw);
    this.#sessions.set(raw, session);
    return session;
  }

  async #acquireRaw(): Promise<Libsql.Database> {
    this.#waiting.begin();
    try {
      return await poolOf<Libsql.Database>(this.#knex).acquire().promise;
    } catch (error) {
      if (error instanceof DatabaseError) throw error;
      throw new DatabaseError(
        'DB_UNAVAILABLE',
        `The SQLite connection was not free within ${acquireTimeout / 1000} s: a transaction takes too long, or ` +
          'something inside one waits for the database itself instead of tx',
        { cause: error },
      );
    } finally {
      this.#waiting.end();
    }
  }

  release(session: SqliteSession): void {
    // A database in memory is its connection; nobody else can lock it.
    if (session.tainted && this.#filename !== ':memory:') session.raw.close();
    poolOf<Libsql.Database>(this.#knex).release(session.raw);
  }

  discard(session: SqliteSession): void {
    if (this.#filename !== ':memory:') session.raw.close();
    poolOf<Libsql.Database>(this.#knex).release(session.raw);
  }

  failure(error: unknown): Failure {
    return sqliteFailure(error);
  }

  answered(): boolean {
    return true;
  }

  async translate(error: unknown, _text: string, session: SqliteSession | undefined): Promise<Error> {
    return sqliteError(error, this.#prefix, (index) => indexColumns(session, index));
  }

  async hasTable(session: SqliteSession, table: string): Promise<boolean> {
    const found = await session.all("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", [table]);
    return found.length > 0;
  }

  /** All tables are as old as the file: SQLite notes nothing of the kind. */
  async age(): Promise<TableAge> {
    return { madeMs: this.#filename === ':memory:' ? 0 : bornMs(this.#filename), nowMs: Date.now() };
  }

  schemaBuilder(session: SqliteSession): Knex {
    return knexOn(this.#client, session.raw);
  }

  async close(): Promise<void> {
    await this.#waiting.close();
    await this.#knex.destroy();
  }
}

function indexColumns(session: SqliteSession | undefined, index: string): IndexColumns {
  const table = session?.raw.prepare("SELECT tbl_name AS name FROM sqlite_schema WHERE type = 'index' AND name = ?");
  const columns = session?.raw.prepare('SELECT name FROM pragma_index_info(?) WHERE name IS NOT NULL ORDER BY seqno');
  const [owner] = (table?.all(index) ?? []) as { name: string }[];
  return { table: owner?.name ?? '', columns: ((columns?.all(index) ?? []) as { name: string }[]).map((c) => c.name) };
}

/** When a file was made; 0 where the system doesn't know and tells of the last change instead, of folders as well. */
function bornMs(filename: string): number {
  const [file, folder] = [statSync(filename), statSync(dirname(filename))];
  const known = [file, folder].some(({ birthtimeMs, ctimeMs }) => birthtimeMs !== ctimeMs);
  return known ? Math.floor(file.birthtimeMs) : 0;
}

/** Opens the file (readable by its owner only, since it holds personal data) and sets the connection up. */
async function openFile(filename: string): Promise<Libsql.Database> {
  const deadline = Date.now() + 5000;
  for (;;) {
    let raw: Libsql.Database | undefined;
    try {
      const fresh = filename !== ':memory:' && !existsSync(filename);
      if (fresh) mkdirSync(dirname(filename), { recursive: true });
      raw = new Libsql(filename);
      if (fresh) chmodSync(filename, 0o600);
      raw.exec('PRAGMA busy_timeout = 0');
      raw.exec('PRAGMA journal_mode = WAL');
      raw.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
      return raw;
    } catch (error) {
      raw?.close();
      if (!isBusy(error) || Date.now() > deadline) throw unusable(filename, error);
    }
    await pause(1 + Math.random() * 19);
  }
}

function unusable(filename: string, error: unknown): DatabaseError {
  const found = error instanceof Error ? error.message : String(error);
  return new DatabaseError(
    'DB_UNAVAILABLE',
    `The SQLite file ${filename} cannot be opened (${found}). Check DATABASE_URL and who may write to the folder`,
    { cause: error },
  );
}
