import mysql from 'mysql2/promise';
import { createClient } from '../client.ts';
import { expect, scimUsers } from '../phase.ts';
import { user } from '../phases/user.ts';
import type { Target } from '../targets/process.ts';
import { multiply } from './clone.ts';
import { firstNumber, seededName } from './name.ts';

/**
 * Fills a target's database with customers who are users of its connection: one through its API, the rest by multiplying
 * that one's rows. `first` is told of the first one's id before. Answers that id; the others' follow without a gap.
 */
export async function grow(
  target: Target,
  databaseUrl: string,
  count: number,
  first?: (id: string) => Promise<void>,
): Promise<number> {
  const client = createClient(target.url, target.token, 1);
  const body = await expect(client, { method: 'POST', path: scimUsers, body: user(seededName(0)) }, 201);
  client.close();
  const { id } = JSON.parse(body) as { id: string };
  await first?.(id);
  const customerId = Number(id);
  const connection = await mysql.createConnection(databaseUrl);
  try {
    const started = Date.now();
    await multiply(connection, { customerId, number: firstNumber }, count, (done) => {
      const seconds = (Date.now() - started) / 1000;
      if (done % 100_000 < 20_000 || done === count)
        process.stderr.write(`${target.name}: ${done.toLocaleString('en')} customers after ${seconds.toFixed(0)} s\n`);
    });
    await analyse(connection);
  } finally {
    await connection.end();
  }
  return customerId;
}

/** Without fresh statistics the database would plan for a table of one row. */
async function analyse(connection: mysql.Connection): Promise<void> {
  const [tables] = await connection.query<mysql.RowDataPacket[]>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND (table_name LIKE 'vestibule%' OR table_name LIKE 'customer%')",
  );
  await connection.query(`ANALYZE TABLE ${tables.map(({ name }) => String(name)).join(', ')}`);
}
