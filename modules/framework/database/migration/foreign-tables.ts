import { DatabaseError } from '../errors.ts';
import type { Database } from '../executor.ts';

/** Tables that a folder of migrations makes, unless the database is another system's that has its own. */
export interface ForeignTables {
  /** Whose they would be, for people: `Magento`. */
  readonly owner: string;
  /**
   * Whether they are that system's; asked until a migration of the folder has run or the answer was yes, which is kept for
   * good. `untouched`: no migration of this host has ever run here.
   */
  present(database: Database, untouched: boolean): Promise<boolean>;
  /** What of them this host cannot work with, a line each. Asked before anything is written, and at every start. */
  misfits(database: Database): Promise<readonly string[]>;
}

/** @throws DatabaseError `DB_FOREIGN` with everything that is in the way, a line each */
export async function refuseMisfits(database: Database, { owner, misfits }: ForeignTables): Promise<void> {
  const found = await misfits(database);
  if (found.length === 0) return;
  throw new DatabaseError(
    'DB_FOREIGN',
    [
      `This is a database of ${owner}, whose tables are never altered, and ${found.length === 1 ? 'one thing about them is' : `${found.length} things about them are`} not as this host needs them:`,
      ...found,
      `Nothing was written. Upgrade ${owner}, or undo what changed its tables, and start again.`,
    ].join('\n  '),
  );
}
