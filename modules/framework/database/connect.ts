import { SqlDatabase } from './sql-database.ts';
import { parseDatabaseUrl } from './url.ts';

export interface ConnectOptions {
  /** See `parseDatabaseUrl`. */
  readonly url: string;
  readonly tablePrefix?: string;
  /** Folder that the file of a sqlite address is relative to; the working directory when left out. */
  readonly root?: string;
  /** Connections at most, 10 when left out. SQLite always has one. */
  readonly poolMax?: number;
  /** Milliseconds after which a statement that the server does not answer fails (DB_UNAVAILABLE); 10,000 if left out. */
  readonly statementTimeout?: number;
  /** Milliseconds that a caller waits for a free connection, or for a server to come back (DB_UNAVAILABLE); 3,000 if left out. */
  readonly acquireTimeout?: number;
  /** Is told of errors in afterCommit effects; they are dropped when left out. */
  readonly onEffectError?: (error: unknown) => void;
  /** Refuses statements on the database made inside a transaction's work (DB_NESTED). For tests: it is not free. */
  readonly detectNesting?: boolean;
}

/**
 * Connects to the database: the one place where connections are made. Opens one connection to see that it can, and
 * throws DB_URL_INVALID or DB_UNAVAILABLE with one line for the operator when it cannot.
 */
export async function connect(options: ConnectOptions): Promise<SqlDatabase> {
  const address = parseDatabaseUrl(options.url, options.root ?? process.cwd());
  const prefix = options.tablePrefix ?? '';
  const settings = {
    tablePrefix: prefix,
    onEffectError: options.onEffectError ?? (() => {}),
    detectNesting: options.detectNesting ?? false,
  };
  if (address.engine === 'sqlite') {
    const { SqliteEngine } = await import('./sqlite/engine.ts');
    const engine = new SqliteEngine(address, prefix);
    return probed(new SqlDatabase(engine, settings));
  }
  // Each driver takes a while to load, and a host needs one of them.
  const { MysqlEngine } = await import('./mysql/engine.ts');
  const engine = new MysqlEngine(address, prefix, {
    poolMax: options.poolMax ?? 10,
    statementTimeout: options.statementTimeout ?? 10_000,
    acquireTimeout: options.acquireTimeout ?? 3000,
  });
  try {
    await engine.probe();
  } catch (error) {
    await engine.close();
    throw error;
  }
  return new SqlDatabase(engine, settings);
}

async function probed(database: SqlDatabase): Promise<SqlDatabase> {
  try {
    await database.withSession(async () => {});
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
