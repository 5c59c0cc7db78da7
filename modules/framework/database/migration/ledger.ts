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

/** All steps that have run; none when there is no ledger yet. Writes nothing. */
export async function appliedSteps(database: SqlDatabase): Promise<MigrationStep[]> {
  const there = await database.withSession((session) =>
    database.engine.hasTable(session, database.tablePrefix + ledger),
  );
  if (!there) return [];
  return database.all<{ module: string; name: string }>(
    sql`SELECT module, name FROM {vestibule_migration} WHERE module <> '' ORDER BY module, name`,
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
