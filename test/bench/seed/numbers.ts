import type { Connection } from 'mysql2/promise';

/** Copies per statement: large enough to be quick, small enough for the undo log and to show progress. */
export const numberBatch = 20_000;

const digits = `(${Array.from({ length: 10 }, (_, digit) => `SELECT ${digit}${digit === 0 ? ' AS d' : ''}`).join(' UNION ')})`;

/** Gives this connection a temporary table `bench_number` with the numbers from 0 to `numberBatch` - 1. */
export async function fillNumbers(connection: Connection): Promise<void> {
  await connection.query('CREATE TEMPORARY TABLE bench_number (n INT UNSIGNED NOT NULL PRIMARY KEY) ENGINE=MEMORY');
  await connection.query(
    `INSERT INTO bench_number SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d FROM ${digits} a, ${digits} b, ${digits} c, ${digits} e, ${digits} f WHERE f.d < ${numberBatch / 10_000}`,
  );
}
