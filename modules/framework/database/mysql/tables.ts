import { raw } from 'sql-template-tag';
import type { TableDialect } from '../table-facts.ts';

const here = 'table_schema = DATABASE()';
const among = (names: readonly string[]): string => `table_name IN (${names.map((name) => `'${name}'`).join(', ')})`;

/** What MariaDB 10.6+ and MySQL 8 have in common: the standard's own schema. MySQL names its columns in capitals unless told. */
export const mysqlTables: TableDialect = {
  tables: raw(`SELECT table_name AS name, engine AS engine FROM information_schema.tables WHERE ${here}`),
  columns: (names) =>
    raw(`SELECT table_name AS table_name, column_name AS name, data_type AS type, column_type AS full_type,
      character_maximum_length AS length, numeric_precision AS number_precision, numeric_scale AS number_scale,
      is_nullable AS nullable, column_default AS default_value, extra AS extra, character_set_name AS charset
      FROM information_schema.columns WHERE ${here} AND ${among(names)} ORDER BY table_name, ordinal_position`),
  uniqueKeys: (names) =>
    raw(`SELECT table_name AS table_name, index_name AS key_name, column_name AS column_name
      FROM information_schema.statistics WHERE ${here} AND non_unique = 0 AND ${among(names)}
      ORDER BY table_name, index_name, seq_in_index`),
  unreferenced: {
    before: raw('SET SESSION foreign_key_checks = 0'),
    after: raw('SET SESSION foreign_key_checks = DEFAULT'),
  },
};
