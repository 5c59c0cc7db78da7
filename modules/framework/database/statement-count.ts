import sql from 'sql-template-tag';
import { DatabaseError } from './errors.ts';
import type { Database } from './executor.ts';
import { SqlDatabase } from './sql-database.ts';

export interface CountedStatements {
  /** Texts in the order they were run, BEGIN, COMMIT and ROLLBACK excepted; those of retries included. */
  readonly statements: readonly string[];
  reset(): void;
  /** Stops counting. */
  stop(): void;
}

/** Counts the statements that a database runs from now on. For tests. */
export function countStatements(database: Database): CountedStatements {
  const statements: string[] = [];
  const stop = concrete(database).observe((text) => statements.push(text));
  return {
    statements,
    reset() {
      statements.length = 0;
    },
    stop,
  };
}

/**
 * Rows that MySQL or MariaDB reads for `work`, index entries included; for tests. Counted on one connection, so the
 * database must have been opened with `poolMax: 1`. SQLite does not count: undefined.
 */
export async function rowsRead(database: Database, work: () => Promise<unknown>): Promise<number | undefined> {
  if (database.dialect.name === 'sqlite') {
    await work();
    return undefined;
  }
  const before = await handlerReads(database);
  await work();
  const after = await handlerReads(database);
  // Reading the status reads rows as well, the same number each time.
  const again = await handlerReads(database);
  return after - before - (again - after);
}

async function handlerReads(database: Database): Promise<number> {
  // Entries that a pushed-down condition turns down inside the index are in no other number.
  const rows = await database.all<{ Value: string }>(
    sql`SHOW SESSION STATUS WHERE Variable_name LIKE 'Handler_read%' OR Variable_name = 'Handler_icp_attempts'`,
  );
  return rows.reduce((sum, row) => sum + Number(row.Value), 0);
}

function concrete(database: Database): SqlDatabase {
  if (database instanceof SqlDatabase) return database;
  throw new DatabaseError('DB_STATEMENT', 'Only a database made by connect() can be observed');
}
