import { DuplicateKeyError } from '../errors.ts';
import type { MysqlSession } from './session.ts';

const select = `SELECT table_name AS tableName, column_name AS columnName FROM information_schema.statistics
  WHERE table_schema = DATABASE() AND index_name = ? AND non_unique = 0`;
const order = 'ORDER BY table_name, seq_in_index';

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
    let rows = (await session?.all(`${select} AND table_name = ? ${order}`, [index, table])) ?? [];
    let owner = table;
    if (rows.length === 0) {
      // The key of another table was taken: a trigger wrote there. Slow on large schemas, and then known.
      rows = (await session?.all(`${select} ${order}`, [index])) ?? [];
      const tables = new Set(rows.map((row) => String(row.tableName)));
      if (tables.size !== 1) return { table, columns: [] };
      owner = String(rows[0]?.tableName);
    }
    const columns = rows.map((row) => row.columnName).filter((column) => typeof column === 'string');
    const key = { table: owner, columns };
    if (columns.length > 0) this.#known.set(name, key);
    return key;
  }
}

/** The table that a statement writes to. */
function writtenTable(text: string): string {
  return /\b(?:into|update(?:\s+ignore)?)\s+`?([A-Za-z0-9_$]+)`?/i.exec(text)?.[1] ?? '';
}
