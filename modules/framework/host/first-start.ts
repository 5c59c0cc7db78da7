import type { Container } from '../boot/container.ts';
import type { Inventory } from '../boot/inventory.ts';
import { type Database, DuplicateKeyError, sql, sqlTimestamp } from '../database/index.ts';
import { hasEnded, processName } from '../presence/process-name.ts';

/** What a first-start hook said to the operator. */
export interface Told {
  readonly label: string;
  readonly value: string;
}

/**
 * Runs the first-start hooks that have not run in this installation, in module order. Each is claimed by its row before
 * it runs, so that of two hosts that start at once only one runs it; one that throws gives its claim back, and that of a
 * process that was killed meanwhile is taken over.
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
    if (ran.has(item.id) || !(await claim(database, item.id))) continue;
    try {
      // Another process may have finished between the look above and the claim.
      if (await hasRun(database, item.id)) continue;
      await item.run(container.resolveAll(item.dependencies), (label, value) => told.push({ label, value }));
      await database.run(
        sql`INSERT INTO {vestibule_setup_hook} (id, ran_at) VALUES (${item.id}, ${sqlTimestamp(now())})`,
      );
    } finally {
      await database.run(sql`DELETE FROM {vestibule_setup_claim} WHERE id = ${item.id}`);
    }
  }
  return told;
}

async function hasRun(database: Database, id: string): Promise<boolean> {
  return (await database.first(sql`SELECT id FROM {vestibule_setup_hook} WHERE id = ${id}`)) !== undefined;
}

async function claim(database: Database, id: string): Promise<boolean> {
  const held = await database.first<{ held_by: string }>(
    sql`SELECT held_by FROM {vestibule_setup_claim} WHERE id = ${id}`,
  );
  if (held && !hasEnded(held.held_by)) return false;
  if (held) await database.run(sql`DELETE FROM {vestibule_setup_claim} WHERE id = ${id} AND held_by = ${held.held_by}`);
  try {
    await database.run(sql`INSERT INTO {vestibule_setup_claim} (id, held_by) VALUES (${id}, ${processName})`);
    return true;
  } catch (error) {
    if (error instanceof DuplicateKeyError) return false;
    throw error;
  }
}
