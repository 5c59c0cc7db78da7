import { createRequire } from 'node:module';
import type { Knex } from 'knex';
import Libsql from 'libsql';
import { bindable } from '../bind.ts';
import { sqlTimestamp } from '../sql.ts';

// knex exports its dialects only as files, without types.
const require = createRequire(import.meta.url);
const BetterSqlite3: typeof Knex.Client = require('knex/lib/dialects/better-sqlite3/index.js');

interface Query {
  sql: string;
  bindings?: readonly unknown[];
  response?: unknown;
  context?: unknown;
}

/**
 * knex's better-sqlite3 dialect on libsql, which has the same interface but ends the process when it is given a boolean
 * or a Date and adds `_metadata` to the row of `get()` (never called here). Opens connections as told.
 */
export function libsqlClient(open: () => Promise<Libsql.Database>): typeof Knex.Client {
  return class extends BetterSqlite3 {
    _driver(): unknown {
      return Libsql;
    }

    override acquireRawConnection(): Promise<Libsql.Database> {
      return open();
    }

    override async destroyRawConnection(connection: Libsql.Database): Promise<void> {
      if (!connection.open) return;
      try {
        // libsql keeps the file open until its statements are collected as garbage: leave nothing in the log meanwhile.
        connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch {
        // Another process is reading; whoever opens the file next takes the log over.
      }
      connection.close();
    }

    override async validateConnection(connection: Libsql.Database): Promise<boolean> {
      return connection.open;
    }

    async _query(connection: Libsql.Database, query: Query): Promise<Query> {
      const statement = connection.prepare(query.sql);
      const bindings = (query.bindings ?? []).map(bound);
      if (statement.reader) {
        query.response = statement.all(bindings);
        return query;
      }
      const outcome = statement.run(bindings);
      query.response = outcome;
      query.context = { lastID: outcome.lastInsertRowid, changes: outcome.changes };
      return query;
    }
  } as unknown as typeof Knex.Client;
}

/** As sessions bind (integers must not become REAL), and dates as both engines store them. */
function bound(value: unknown): unknown {
  if (value instanceof Date) return sqlTimestamp(value);
  if (value === undefined) return null;
  if (!bindable(value)) return value ? 1n : 0n;
  return Number.isSafeInteger(value) ? BigInt(value as number) : value;
}
