import { DatabaseError } from '../errors.ts';
import type { Database } from '../executor.ts';
import type { Session } from '../session.ts';
import { SqlDatabase } from '../sql-database.ts';
import { loadMigration, type MigrationFile, migrationFiles } from './files.ts';
import { type ForeignTables, refuseMisfits } from './foreign-tables.ts';
import { createLedger, isApplied, type Ledger, readLedger, recordAttached, recordStep } from './ledger.ts';
import { whileLocked } from './lock.ts';
import type { Migration, MigrationSchema, MigrationSource, MigrationStep } from './migration.ts';

export interface MigrateOptions {
  /** Modules whose migrations are left out, as when the store's tables are another system's. */
  readonly except?: readonly string[];
  /** Is told of each step once it is recorded. */
  readonly onApplied?: (step: MigrationStep) => void;
}

export interface MigrationStatus {
  /** Files that have not run, in the order they will. */
  readonly pending: readonly MigrationStep[];
  readonly applied: readonly MigrationStep[];
  /** Steps recorded for one of these modules that it has no file for: the code is older than the database. */
  readonly unknown: readonly MigrationStep[];
  /** Modules whose tables are another system's here: they are looked at and never made. */
  readonly attached: readonly string[];
}

/**
 * Runs what has not run yet, modules in the order given, files by name, and answers the steps that ran. Two processes may
 * call it at once: each step runs once. Tables that are another system's are looked at instead, every time: DB_FOREIGN says
 * what of them does not suit, before anything is written. Throws DB_MIGRATION that names module and file; earlier steps stay.
 */
export async function migrate(
  database: Database,
  modules: readonly MigrationSource[],
  options: MigrateOptions = {},
): Promise<MigrationStep[]> {
  const target = concrete(database);
  const { pending, strangers } = await plan(target, modules, options);
  for (const { foreign } of strangers) await refuseMisfits(target, foreign);
  if (pending.length === 0) return [];
  await createLedger(target);
  const apply = async (): Promise<MigrationStep[]> => {
    const ran: MigrationStep[] = [];
    const now = await plan(target, modules, options);
    // Before anything else of this host is there, by which a store of its own could be taken for begun.
    for (const module of now.attached) await recordAttached(target, module);
    for (const file of now.pending) {
      const step = { module: file.module, name: file.name };
      if (!(await applyStep(target, file, step))) continue;
      ran.push(step);
      options.onApplied?.(step);
    }
    return ran;
  };
  // On SQLite each step's transaction keeps other processes out, and nothing outlives a process that dies.
  return target.dialect.transactionalDdl ? apply() : whileLocked(target, apply);
}

/** Compares ledger and files; writes nothing. */
export async function migrationStatus(
  database: Database,
  modules: readonly MigrationSource[],
  options: Pick<MigrateOptions, 'except'> = {},
): Promise<MigrationStatus> {
  const { pending, applied, unknown, attached } = await plan(concrete(database), modules, options);
  return { pending: pending.map(({ module, name }) => ({ module, name })), applied, unknown, attached };
}

type Stranger = MigrationSource & { readonly foreign: ForeignTables };

/** Modules whose tables were found to be another system's, as the ledger has it; undefined before the first migration. */
export async function attachedModules(database: Database): Promise<readonly string[] | undefined> {
  const { steps, attached } = await readLedger(concrete(database));
  return steps.length + attached.size === 0 ? undefined : [...attached];
}

interface Plan extends MigrationStatus {
  readonly pending: readonly MigrationFile[];
  /** Folders that are left out because their tables are another system's. */
  readonly strangers: readonly Stranger[];
}

async function plan(
  database: SqlDatabase,
  modules: readonly MigrationSource[],
  options: Pick<MigrateOptions, 'except'>,
): Promise<Plan> {
  const sources = modules.filter((source) => options.except?.includes(source.name) !== true);
  const ledger = await readLedger(database);
  const key = (step: MigrationStep) => `${step.module}/${step.name}`;
  const ran = new Set(ledger.steps.map(key));
  const files: MigrationFile[] = [];
  const strangers: Stranger[] = [];
  for (const source of sources) {
    const own = await migrationFiles(source);
    const { foreign } = source;
    if (foreign && !own.some((file) => ran.has(key(file))) && (await isForeign(database, source.name, foreign, ledger)))
      strangers.push({ ...source, foreign });
    else files.push(...own);
  }
  const known = new Set(files.map(key));
  const present = new Set(sources.map((source) => source.name));
  return {
    pending: files.filter((file) => !ran.has(key(file))),
    applied: ledger.steps,
    unknown: ledger.steps.filter((step) => present.has(step.module) && !known.has(key(step))),
    attached: strangers.map(({ name }) => name),
    strangers,
  };
}

const isForeign = async (
  database: SqlDatabase,
  module: string,
  foreign: ForeignTables,
  { steps, attached }: Ledger,
): Promise<boolean> => attached.has(module) || (await foreign.present(database, steps.length === 0));

/** Runs one step and records it; false when another process has done so meanwhile. */
async function applyStep(database: SqlDatabase, file: MigrationFile, step: MigrationStep): Promise<boolean> {
  const migration = await loadMigration(file);
  return database.withSession(async (session) => {
    try {
      if (!database.dialect.transactionalDdl) return await runStep(database, session, migration, step);
      await database.beginOn(session);
      try {
        const ran = await runStep(database, session, migration, step);
        await session.commit();
        return ran;
      } catch (error) {
        await session.rollback();
        throw error;
      }
    } catch (error) {
      throw await failed(database, session, error, step);
    } finally {
      session.forget();
    }
  });
}

async function runStep(database: SqlDatabase, session: Session, migration: Migration, step: MigrationStep) {
  if (await isApplied(database, session, step)) return false;
  await migration.up(schemaOn(database, session));
  await recordStep(database, session, step);
  return true;
}

function schemaOn(database: SqlDatabase, session: Session): MigrationSchema {
  return {
    engine: database.dialect.name,
    dialect: database.dialect,
    prefix: database.tablePrefix,
    knex: database.engine.schemaBuilder(session),
    table: (name) => database.tablePrefix + name,
    run: async (query) => {
      if (query.values.length === 0) await session.execute(database.text(query));
      else await session.run(database.text(query), query.values);
    },
    all: async <R>(query: { values: unknown[] }) =>
      (await session.all(database.text(query as never), query.values)) as R[],
  };
}

async function failed(database: SqlDatabase, session: Session, error: unknown, step: MigrationStep): Promise<Error> {
  const cause = await database.engine.translate(error, '', session);
  const rest = database.dialect.transactionalDdl
    ? 'Nothing of it was kept'
    : 'What it did before may have been kept; it is written to be run again';
  return new DatabaseError(
    'DB_MIGRATION',
    `Migration ${step.name} of module ${step.module} failed: ${cause.message}. ${rest}: remove the cause and run setup:upgrade`,
    { cause },
  );
}

function concrete(database: Database): SqlDatabase {
  if (database instanceof SqlDatabase) return database;
  throw new DatabaseError('DB_MIGRATION', 'Only a database made by connect() can be migrated');
}
