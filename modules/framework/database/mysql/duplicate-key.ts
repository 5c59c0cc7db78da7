import { DuplicateKeyError } from '../errors.ts';
import type { MysqlSession } from './session.ts';

const keyColumns = `SELECT table_name AS tableName, column_name AS columnName
  FROM information_schema.statistics WHERE table_schema = DATABASE() AND index_name = ? AND non_unique = 0
  ORDER BY table_name, seq_in_index`;

interface Key {
  readonly table: string;
  readonly columns: readonly string[];
}

/**
 * Tells which key was taken. The message names the index (MySQL 8: `table.index`), the statement its table, and
 * information_schema the columns, asked once per key and kept.
 */
export class DuplicateKeys {
  readonly #prefix: string;
  readonly #known = new Map<string, Key>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  async describe(message: string, text: string, session: MysqlSession | undefined): Promise<DuplicateKeyError> {
    const named = /'([^']+)'\s*$/.exec(message)?.[1] ?? '';
    const dot = named.lastIndexOf('.');
    const table = dot > 0 ? named.slice(0, dot) : writtenTable(text);
    const key = await this.#key(table, named.slice(dot + 1), session);
    const bare = key.table.startsWith(this.#prefix) ? key.table.slice(this.#prefix.length) : key.table;
    return new DuplicateKeyError(bare, key.columns);
  }

  async #key(table: string, index: string, session: MysqlSession | undefined): Promise<Key> {
    const name = `${table}.${index}`;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const rows = (await session?.all(keyColumns, [index])) ?? [];
    const tables = new Set(rows.map((row) => String(row.tableName)));
    // Another table's key was taken when a trigger wrote there.
    const owner = tables.has(table) || tables.size !== 1 ? table : ([...tables][0] as string);
    const columns = rows.filter((row) => row.tableName === owner).map((row) => row.columnName);
    const key = { table: owner, columns: columns.filter((column) => typeof column === 'string') };
    if (columns.length > 0) this.#known.set(name, key);
    return key;
  }
}

/** The table that a statement writes to. */
function writtenTable(text: string): string {
  return /\b(?:into|update(?:\s+ignore)?)\s+`?([A-Za-z0-9_$]+)`?/i.exec(text)?.[1] ?? '';
}
