import { raw, type Sql } from 'sql-template-tag';
import { type ServiceToken, service } from '../module/token.ts';
import { DatabaseError } from './errors.ts';
import type { Database } from './executor.ts';
import type { Session, TableAge } from './session.ts';
import { SqlDatabase } from './sql-database.ts';
import { type ColumnRow, type TableFacts, tableFacts, type UniqueKeyRow } from './table-facts.ts';
import type { RowTrigger } from './trigger.ts';

export interface StoredTrigger {
  /** Without the prefix. */
  readonly name: string;
  /** As the database keeps it, with the mark it was made with. */
  readonly text: string;
}

export interface StoredColumn {
  readonly name: string;
  /** Of texts, where the engine has several. */
  readonly charset: string | null;
}

/** What the database itself keeps besides rows: columns and triggers. For rooms that watch tables of others. */
export interface Catalogue {
  /** A table's columns in their order; empty where there is no such table. */
  columns(table: string): Promise<readonly StoredColumn[]>;
  /** Triggers whose names begin so. Those that the database user may not see are missing. */
  triggers(beginning: string): Promise<readonly StoredTrigger[]>;
  /**
   * Removes and makes triggers, in this order; all or none where the engine can. A table that is in use is waited for a few
   * seconds.
   *
   * @throws DatabaseError `DB_DENIED` where the database user may not, `DB_CONTENTION` where the table stayed in use
   */
  redefine(change: {
    readonly drop: readonly string[];
    readonly create: readonly { readonly trigger: RowTrigger; readonly mark: string }[];
  }): Promise<void>;
  /**
   * When a table was made where it is now, and what time it is there. What was loaded from a dump, or stands in a copied file,
   * was made when that was done.
   */
  age(table: string): Promise<TableAge>;
  /** Names of all tables with this installation's prefix, without it. None where `Dialect.tables` says so. */
  tables(): Promise<readonly string[]>;
  /** What the database says of those of these tables that there are. None where `Dialect.tables` says so. */
  facts(tables: readonly string[]): Promise<readonly TableFacts[]>;
  /** Drops tables, whatever refers to whatever among them. There is no way back. */
  dropTables(tables: readonly string[]): Promise<void>;
  /** See `TriggerDialect.passOver`: for all of this process's connections, the open ones included. */
  passOver(into: string, byTrigger: Sql): void;
}
export const Catalogue: ServiceToken<Catalogue> = service<Catalogue>('framework.Catalogue');

/** The service behind the token `Catalogue`. */
export function createCatalogue(database: Database): Catalogue {
  return {
    columns: (table) => database.all<StoredColumn>(database.dialect.triggers.columns(table)),
    async triggers(beginning) {
      const { tablePrefix } = concrete(database);
      const rows = await database.all<StoredTrigger>(database.dialect.triggers.list);
      return rows
        .filter(({ name }) => name.startsWith(tablePrefix + beginning))
        .map(({ name, text }) => ({ name: name.slice(tablePrefix.length), text }));
    },
    async redefine({ drop, create }) {
      const target = concrete(database);
      const { triggers } = database.dialect;
      const statements = [
        ...drop.map((name) => triggers.drop(name)),
        ...create.map(({ trigger, mark }) => triggers.create(trigger, mark)),
      ].map((statement) => target.text(statement));
      if (statements.length === 0) return;
      await target.withSession((session) => run(target, session, statements));
    },
    age: (table) => {
      const target = concrete(database);
      return target.withSession((session) => target.engine.age(session, target.tablePrefix + table));
    },
    ...tablesOf(database),
    passOver: (into, byTrigger) =>
      concrete(database).onEachConnection(database.dialect.triggers.passOver(into, byTrigger)),
  };
}

function tablesOf(database: Database): Pick<Catalogue, 'tables' | 'facts' | 'dropTables'> {
  const named = async () => {
    const { tablePrefix } = concrete(database);
    const { tables: dialect } = database.dialect;
    const all = dialect ? await database.all<{ name: string; engine: string | null }>(dialect.tables) : [];
    return all
      .filter(({ name }) => name.startsWith(tablePrefix))
      .map(({ name, engine }) => ({ name: name.slice(tablePrefix.length), full: name, engine }));
  };
  return {
    tables: async () => (await named()).map(({ name }) => name),
    async facts(tables) {
      const { tables: dialect } = database.dialect;
      const wanted = new Set(tables);
      const found = (await named()).filter(({ name }) => wanted.has(name));
      if (!dialect || found.length === 0) return [];
      const full = found.map((table) => table.full);
      const columns = await database.all<ColumnRow>(dialect.columns(full));
      return tableFacts(found, columns, await database.all<UniqueKeyRow>(dialect.uniqueKeys(full)));
    },
    async dropTables(tables) {
      const { tables: dialect } = database.dialect;
      if (!dialect || tables.length === 0) return;
      const target = concrete(database);
      await target.withSession(async (session) => {
        await session.execute(target.text(dialect.unreferenced.before));
        try {
          for (const table of tables) await session.execute(target.text(raw(`DROP TABLE IF EXISTS {${table}}`)));
        } finally {
          await session.execute(target.text(dialect.unreferenced.after)).catch(() => {}); // Of use to nobody on a lost connection.
        }
      });
    },
  };
}

async function run(target: SqlDatabase, session: Session, statements: readonly string[]): Promise<void> {
  const { hasty } = target.dialect.triggers;
  if (hasty) await session.execute(target.text(hasty.before));
  const together = target.dialect.transactionalDdl;
  try {
    if (together) await target.beginOn(session);
    for (const statement of statements) await session.execute(statement);
    if (together) await session.commit();
  } catch (error) {
    if (together) await session.rollback();
    throw error;
  } finally {
    if (hasty) await session.execute(target.text(hasty.after)).catch(() => {}); // Of use to nobody on a lost connection.
  }
}

function concrete(database: Database): SqlDatabase {
  if (database instanceof SqlDatabase) return database;
  throw new DatabaseError('DB_STATEMENT', 'Only a database made by connect() tells of its triggers');
}
