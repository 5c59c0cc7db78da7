import type { Container } from '../boot/container.ts';
import type { Inventory } from '../boot/inventory.ts';
import { type Database, DuplicateKeyError, sql, sqlTimestamp } from '../database/index.ts';

/** What a first-start hook said to the operator. */
export interface Told {
  readonly label: string;
  readonly value: string;
}

/**
 * Runs the first-start hooks that have not run in this installation, in module order. Each is claimed by its row before
 * it runs, so that of two hosts that start at once only one runs it; one that throws gives its claim back.
 *
 * @returns what they told, in order
 */
export async function runFirstStart(
  inventory: Inventory,
  container: Container,
  database: Database,
  now: () => Date,
): Promise<readonly Told[]> {
  const told: Told[] = [];
  const hooks = inventory.hooks.filter(({ item }) => item.at === 'first-start');
  if (hooks.length === 0) return told;
  const rows = await database.all<{ id: string }>(sql`SELECT id FROM {vestibule_setup_hook}`);
  const ran = new Set(rows.map(({ id }) => id));
  for (const { item } of hooks) {
    if (ran.has(item.id) || !(await claim(database, item.id, now()))) continue;
    try {
      await item.run(container.resolveAll(item.dependencies), (label, value) => told.push({ label, value }));
    } catch (error) {
      await database.run(sql`DELETE FROM {vestibule_setup_hook} WHERE id = ${item.id}`);
      throw error;
    }
  }
  return told;
}

async function claim(database: Database, id: string, at: Date): Promise<boolean> {
  try {
    await database.run(sql`INSERT INTO {vestibule_setup_hook} (id, ran_at) VALUES (${id}, ${sqlTimestamp(at)})`);
    return true;
  } catch (error) {
    if (error instanceof DuplicateKeyError) return false;
    throw error;
  }
}
