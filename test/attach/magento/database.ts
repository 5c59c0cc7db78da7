import mysql from 'mysql2/promise';
import { createMysqlDatabase } from '../../setup/databases.ts';
import { onSave, onSchedule } from './indexers.ts';
import { additionTexts, administratorTexts, customAttributeTexts, customerTexts } from './inhabitants.ts';
import { insertText, rowTexts } from './rows.ts';
import { tableTexts } from './tables.ts';

export interface MagentoOptions {
  readonly prefix?: string;
  /** `2.4.6`: utf8mb3 in a latin1 database, the grid updated on save. `2.4.8`: utf8mb4, the grid on schedule. */
  readonly line: '2.4.6' | '2.4.8';
  readonly customers?: number;
  /** Rows of `core_config_data` of the default scope. */
  readonly config?: Readonly<Record<string, string | null>>;
  /** Statements at the end. */
  readonly also?: readonly string[];
}

export interface MagentoDatabase {
  readonly url: string;
  /** Runs statements as Magento or its people would. */
  run(...texts: string[]): Promise<void>;
  rows<R = Record<string, unknown>>(text: string): Promise<R[]>;
  dispose(): Promise<void>;
}

/** The database of a store that has lived for years, made by statements of its own and none of this project's migrations. */
export async function magentoDatabase({
  prefix = '',
  line,
  customers = 3,
  config = {},
  also = [],
}: MagentoOptions): Promise<MagentoDatabase> {
  const { url, drop } = await createMysqlDatabase();
  const connection = await mysql.createConnection({ uri: url, multipleStatements: true, dateStrings: true });
  const run = async (...texts: string[]): Promise<void> => {
    await connection.query(texts.join(';\n'));
  };
  const look = { prefix, charset: line === '2.4.6' ? 'utf8mb3' : 'utf8mb4' } as const;
  const configured = Object.entries(config).map(([path, value]) => ({ scope: 'default', scope_id: 0, path, value }));
  await run(
    ...(line === '2.4.6' ? ['ALTER DATABASE CHARACTER SET latin1 COLLATE latin1_swedish_ci'] : []),
    "SET NAMES utf8mb4, foreign_key_checks = 0, sql_mode = 'NO_AUTO_VALUE_ON_ZERO'",
    ...tableTexts(look),
    ...rowTexts(prefix),
    ...customAttributeTexts(prefix),
    ...administratorTexts(prefix),
    ...additionTexts(prefix),
    ...customerTexts(prefix, customers),
    ...(line === '2.4.6' ? onSave(prefix) : onSchedule(prefix)),
    ...(configured.length > 0 ? [insertText(`${prefix}core_config_data`, configured)] : []),
    ...also,
    'SET foreign_key_checks = 1',
  );
  return {
    url,
    run,
    rows: async <R>(text: string) => (await connection.query(text))[0] as R[],
    async dispose() {
      await connection.end();
      await drop();
    },
  };
}
