export { Catalogue, createCatalogue, type StoredColumn, type StoredTrigger } from './catalogue.ts';
export { type ConnectOptions, connect } from './connect.ts';
export type { Dialect, JsonElements, JsonPath } from './dialect.ts';
export { DatabaseError, type DatabaseErrorCode, DuplicateKeyError } from './errors.ts';
export { Database, type Executor, type Outcome, type Query, type Transaction } from './executor.ts';
export { aroundIds, idList } from './id-list.ts';
export type { ForeignTables } from './migration/foreign-tables.ts';
export {
  type Migration,
  type MigrationSchema,
  type MigrationSource,
  type MigrationStep,
  migration,
} from './migration/migration.ts';
export {
  attachedModules,
  type MigrateOptions,
  type MigrationStatus,
  migrate,
  migrationStatus,
} from './migration/migrator.ts';
export { remembering } from './remembering.ts';
export { constant, empty, join, raw, Sql, sql, sqlTimestamp, sqlTimestampMs } from './sql.ts';
export { type CountedStatements, countStatements, rowsRead } from './statement-count.ts';
export type { ColumnFacts, TableFacts } from './table-facts.ts';
export type { RowTrigger, TriggerDialect } from './trigger.ts';
