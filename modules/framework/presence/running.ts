import type { Executor } from '../database/executor.ts';
import { sql } from '../database/sql.ts';
import { hasEnded } from './process-name.ts';

/** Names of the servers that have not said good-bye, but for those of this machine that have ended. Changes nothing. */
export async function runningProcesses(database: Executor): Promise<readonly string[]> {
  const rows = await database.all<{ name: string }>(sql`SELECT name FROM {vestibule_process} ORDER BY name`);
  return rows.map(({ name }) => name).filter((name) => !hasEnded(name));
}
