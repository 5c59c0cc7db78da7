import { Database, DatabaseError, migrationStatus } from '../database/index.ts';
import type { Host } from '../host/host.ts';
import { migrationSources } from '../host/migration-sources.ts';

/** A statement that fails because the tables are older than the code deserves the cure, not only the symptom. */
export async function outdatedHint(error: unknown, host: Host | undefined): Promise<string> {
  if (!host || !(error instanceof DatabaseError) || error.code !== 'DB_STATEMENT') return '';
  try {
    const status = await migrationStatus(host.resolve(Database), migrationSources(host.inventory.modules));
    return status.pending.length > 0 ? ' – the tables are not up to date: run setup:upgrade.' : '';
  } catch (cause) {
    // Another system's tables stand where nobody said they would: that is why, and it says what to do.
    return cause instanceof DatabaseError && cause.code === 'DB_FOREIGN' ? ` – ${cause.message}` : '';
  }
}
