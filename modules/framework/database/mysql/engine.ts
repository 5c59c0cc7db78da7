import knex, { type Knex } from 'knex';
import type { Connection } from 'mysql2';
import { DatabaseError } from '../errors.ts';
import { knexOn, poolOf, silent, Waiting } from '../pool.ts';
import type { Engine, Failure, TableAge } from '../session.ts';
import { type MysqlAddress, shownAddress } from '../url.ts';
import { connectionOptions, cutConnection, endConnection, openConnection } from './connections.ts';
import { mysqlDialect } from './dialect.ts';
import { DuplicateKeys } from './duplicate-key.ts';
import { mysqlError, mysqlFailure, mysqlFault, unavailable } from './failures.ts';
import { mysqlClient } from './knex-client.ts';
import { MysqlSession } from './session.ts';
import { Watchdog } from './watchdog.ts';

type Purpose = 'statement' | 'transaction';

export interface MysqlLimits {
  /** Connections at most, for statements and again for transactions. */
  readonly poolMax: number;
  /** Milliseconds after which a statement without an answer costs the connection. */
  readonly statementTimeout: number;
  /** Milliseconds to wait for a free connection, or for the server to come back, before a request is refused. */
  readonly acquireTimeout: number;
}

/** MariaDB 10.6+ or MySQL 8 through mysql2 on knex's pool. */
export class MysqlEngine implements Engine<MysqlSession> {
  readonly dialect = mysqlDialect;
  readonly #address: MysqlAddress;
  readonly #shown: string;
  readonly #acquireTimeout: number;
  readonly #client: typeof Knex.Client;
  /** Connections for single statements, and those without autocommit for transactions. */
  readonly #pools: Readonly<Record<Purpose, Knex>>;
  readonly #duplicates: DuplicateKeys;
  readonly #sessions = new Map<Connection, MysqlSession>();
  readonly #watchdog: Watchdog;
  readonly #waiting = new Waiting();
  #refused: unknown;

  constructor(address: MysqlAddress, prefix: string, limits: MysqlLimits) {
    this.#address = address;
    this.#shown = shownAddress(address);
    this.#acquireTimeout = limits.acquireTimeout;
    this.#duplicates = new DuplicateKeys(prefix);
    this.#watchdog = new Watchdog(limits.statementTimeout, () => this.#sessions.values());
    this.#pools = { statement: this.#pool('statement', limits), transaction: this.#pool('transaction', limits) };
    this.#client = this.#pools.statement.client.constructor as typeof Knex.Client;
  }

  #pool(purpose: Purpose, limits: MysqlLimits): Knex {
    return knex({
      client: mysqlClient(
        () => this.#open(purpose),
        (connection) => this.#sessions.delete(connection),
      ),
      // Only there so that knex makes a pool; connections are opened by `#open`.
      connection: {},
      // A create that fails is tried again until the acquire times out, so that a restart goes unnoticed.
      pool: { min: 0, max: limits.poolMax, propagateCreateError: false, createRetryIntervalMillis: 150 },
      acquireConnectionTimeout: limits.acquireTimeout,
      log: silent,
    });
  }

  async #open(purpose: Purpose): Promise<Connection> {
    try {
      const connection = await openConnection(connectionOptions(this.#address), purpose === 'statement');
      this.#sessions.set(connection, new MysqlSession(connection, this.#watchdog, purpose === 'statement'));
      this.#refused = undefined;
      return connection;
    } catch (error) {
      this.#refused = error;
      throw error;
    }
  }

  /** Fails at once with the server's own reason, where `acquire` would go on trying. */
  async probe(): Promise<void> {
    try {
      await endConnection(await openConnection(connectionOptions(this.#address), true));
    } catch (error) {
      throw unavailable(this.#shown, error);
    }
  }

  async acquire(purpose: Purpose): Promise<MysqlSession> {
    this.#waiting.begin();
    try {
      const raw = await poolOf<Connection>(this.#pools[purpose]).acquire().promise;
      const session = this.#sessions.get(raw);
      if (session === undefined) throw new Error('the pool gave a connection that was ended');
      return session;
    } catch (error) {
      if (error instanceof DatabaseError) throw error;
      if (this.#refused !== undefined) throw unavailable(this.#shown, this.#refused);
      throw new DatabaseError(
        'DB_UNAVAILABLE',
        `All connections to the database at ${this.#shown} were busy for ${this.#acquireTimeout / 1000} s`,
        { cause: error },
      );
    } finally {
      this.#waiting.end();
    }
  }

  release(session: MysqlSession): void {
    poolOf<Connection>(this.#pools[session.autocommit ? 'statement' : 'transaction']).release(session.raw);
  }

  discard(session: MysqlSession): void {
    cutConnection(session.raw);
    this.release(session);
  }

  failure(error: unknown): Failure {
    return mysqlFailure(error);
  }

  answered(error: unknown): boolean {
    return mysqlFault(error)?.errno !== undefined;
  }

  async translate(error: unknown, text: string, session: MysqlSession | undefined): Promise<Error> {
    const fault = mysqlFault(error);
    if (fault?.errno === 1062) return this.#duplicates.describe(fault.message, text, session);
    return mysqlError(error, this.#shown);
  }

  async hasTable(session: MysqlSession, table: string): Promise<boolean> {
    const text = 'SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?';
    return (await session.all(text, [table])).length > 0;
  }

  async age(session: MysqlSession, table: string): Promise<TableAge> {
    // To the millisecond, because what was written in the second before belongs to what was.
    const text =
      'SELECT ROUND(UNIX_TIMESTAMP(NOW(3)) * 1000) AS now, (SELECT UNIX_TIMESTAMP(create_time) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?) AS made';
    const row = await session.first(text, [table]);
    return { madeMs: Number(row?.made ?? 0) * 1000, nowMs: Number(row?.now) };
  }

  schemaBuilder(session: MysqlSession): Knex {
    return knexOn(this.#client, session.raw);
  }

  async close(): Promise<void> {
    await this.#waiting.close();
    this.#watchdog.stop();
    await Promise.all([this.#pools.statement.destroy(), this.#pools.transaction.destroy()]);
  }
}
