import mysql from 'mysql2/promise';
import { createClient } from '../client.ts';
import { expect, scimUsers } from '../phase.ts';
import { user } from '../phases/user.ts';
import { seededName } from '../seed/name.ts';
import { fillNumbers, numberBatch } from '../seed/numbers.ts';
import type { Target } from '../targets/process.ts';

/** Where a peer keeps its users: the rows of one that was made through its API are copied for the others. */
export interface UserRows {
  readonly table: string;
  /** Tells the rows of users from others, where there are others. */
  readonly where?: string;
  /** Keys, often digests, that have to differ: their last seven characters become the copy's number. */
  readonly keys: readonly string[];
  /** Columns with texts in which the number of the first user stands. */
  readonly texts: readonly string[];
}

/**
 * Makes one user of a peer `count` users, enough to page through them: its own API would take an hour. What is looked up
 * by a digest is not found among the copies.
 */
export async function growPeer(target: Target, url: string, rows: readonly UserRows[], count: number): Promise<void> {
  const client = createClient(target.url, target.token, 1);
  await expect(client, { method: 'POST', path: scimUsers, body: user(seededName(0)) }, 201);
  client.close();
  const connection = await mysql.createConnection(url);
  try {
    await fillNumbers(connection);
    for (const one of rows) await copy(connection, one, count);
    process.stderr.write(`${target.name}: ${count.toLocaleString('en')} users\n`);
  } finally {
    await connection.end();
  }
}

async function copy(connection: mysql.Connection, { table, where = '1', keys, texts }: UserRows, count: number) {
  const [columns] = await connection.query<mysql.RowDataPacket[]>(`SHOW COLUMNS FROM \`${table}\``);
  const names = columns.filter(({ Extra }) => Extra !== 'auto_increment').map(({ Field }) => String(Field));
  const values = names.map((name) => {
    if (keys.includes(name)) return `CONCAT(LEFT(\`${name}\`, CHAR_LENGTH(\`${name}\`) - 7), LPAD(n, 7, '0'))`;
    return texts.includes(name) ? `REPLACE(\`${name}\`, '0000000', LPAD(n, 7, '0'))` : `\`${name}\``;
  });
  await connection.query(`CREATE TEMPORARY TABLE template AS SELECT * FROM \`${table}\` WHERE ${where} LIMIT 1`);
  for (let start = 1; start < count; start += numberBatch)
    await connection.query(
      `INSERT INTO \`${table}\` (${names.map((name) => `\`${name}\``).join(', ')}) SELECT ${values.join(', ')} FROM template, (SELECT n + ${start} AS n FROM bench_number WHERE n < ${Math.min(numberBatch, count - start)}) numbers ORDER BY n`,
    );
  await connection.query('DROP TEMPORARY TABLE template');
  await connection.query(`ANALYZE TABLE \`${table}\``);
}
