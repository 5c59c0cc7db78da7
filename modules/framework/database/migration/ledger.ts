import sql from 'sql-template-tag';
import type { Session } from '../session.ts';
import { sqlTimestamp } from '../sql.ts';
import type { SqlDatabase } from '../sql-database.ts';
import type { MigrationStep } from './migration.ts';

const ledger = 'vestibule_migration';

/** Makes the table of migrations that have run, where it is missing. */
export async function createLedger(database: SqlDatabase): Promise<void> {
  await database.run(sql`CREATE TABLE IF NOT EXISTS {vestibule_migration} (
    module VARCHAR(64) NOT NULL,
    name VARCHAR(128) NOT NULL,
    applied_at DATETIME NOT NULL,
    PRIMARY KEY (module, name)
  )`);
}

/** What has run, and whose tables are another system's. */
export interface Ledger {
  readonly steps: readonly MigrationStep[];
  /** Modules whose tables were found to be another system's. */
  readonly attached: ReadonlySet<string>;
}

/** Before the name of a module whose tables are another system's, in a row of no module, which older versions pass over. */
const mark = 'attached:';

/** What the ledger says; nothing when there is none yet. Writes nothing. */
export async function readLedger(database: SqlDatabase): Promise<Ledger> {
  const there = await database.withSession((session) =>
    database.engine.hasTable(session, database.tablePrefix + ledger),
  );
  const rows = there
    ? await database.all<MigrationStep>(sql`SELECT module, name FROM {vestibule_migration} ORDER BY module, name`)
    : [];
  return {
    steps: rows.filter(({ module }) => module !== ''),
    attached: new Set(
      rows.flatMap(({ module, name }) => (module === '' && name.startsWith(mark) ? [name.slice(mark.length)] : [])),
    ),
  };
}

/** Keeps for good that a module's tables are another system's. */
export async function recordAttached(database: SqlDatabase, module: string): Promise<void> {
  const into = database.dialect.insertIgnoreInto;
  await database.run(
    sql`${into} {vestibule_migration} (module, name, applied_at) VALUES ('', ${mark + module}, ${sqlTimestamp(new Date())})`,
  );
}

/** Whether a step has run, asked on the connection that is about to run it. */
export async function isApplied(database: SqlDatabase, session: Session, step: MigrationStep): Promise<boolean> {
  const text = `SELECT 1 FROM ${named(database)} WHERE module = ? AND name = ?`;
  return (await session.first(text, [step.module, step.name])) !== undefined;
}

export async function recordStep(database: SqlDatabase, session: Session, step: MigrationStep): Promise<void> {
  const text = `INSERT INTO ${named(database)} (module, name, applied_at) VALUES (?, ?, ?)`;
  await session.run(text, [step.module, step.name, sqlTimestamp(new Date())]);
}

function named(database: SqlDatabase): string {
  return `\`${database.tablePrefix}${ledger}\``;
}
