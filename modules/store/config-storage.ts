import {
  type Clock,
  type ConfigKey,
  type ConfigRow,
  type ConfigStorage,
  type Database,
  DuplicateKeyError,
  type Executor,
  join,
  sql,
  sqlTimestamp,
  type Transaction,
} from '../framework/index.ts';
import type { Attachment } from './attach/attachment.ts';
import { keepBefore } from './attach/written-configuration.ts';
import type { Websites } from './websites.ts';

/**
 * Configuration in Magento's `core_config_data`. Magento itself sees a change when its config cache is cleaned. Of what is
 * written into a live Magento's, it is kept how it was before.
 */
export function createConfigStorage(
  database: Database,
  websites: Websites,
  clock: Clock,
  attachment: Attachment,
): ConfigStorage {
  async function change(
    key: ConfigKey,
    next: ConfigRow | undefined,
    given: Transaction | undefined,
    work: (db: Executor) => Promise<void>,
  ): Promise<void> {
    if (!(await attachment.attached())) return work(given ?? database);
    const within = async (tx: Transaction): Promise<void> => {
      await keepBefore(tx, key, next);
      await work(tx);
    };
    await (given ? within(given) : database.transaction(within));
  }
  return {
    async rows(paths) {
      // Whoever writes has read before; asked here, because a transaction that writes can't ask the database itself.
      await attachment.attached();
      return database.all<ConfigRow>(sql`
        SELECT scope, scope_id AS scopeId, path, value FROM {core_config_data} WHERE path IN (${join([...paths])})`);
    },
    scopes: async () => ({ websites: await websites.websites(), stores: await websites.stores() }),
    write: (row, tx) => change(row, row, tx, (db) => write(db, row, sqlTimestamp(clock.now()))),
    remove: (key, tx) => change(key, undefined, tx, (db) => remove(db, key)),
  };
}

async function write(db: Executor, row: ConfigRow, at: string): Promise<void> {
  try {
    await db.run(sql`
      INSERT INTO {core_config_data} (scope, scope_id, path, value, updated_at)
      VALUES (${row.scope}, ${row.scopeId}, ${row.path}, ${row.value}, ${at})`);
  } catch (error) {
    if (!(error instanceof DuplicateKeyError)) throw error;
    await update(db, row, at);
  }
}

async function remove(db: Executor, { scope, scopeId, path }: ConfigKey): Promise<void> {
  await db.run(sql`
    DELETE FROM {core_config_data} WHERE scope = ${scope} AND scope_id = ${scopeId} AND path = ${path}`);
}

async function update(db: Executor, { scope, scopeId, path, value }: ConfigRow, at: string): Promise<void> {
  await db.run(sql`
    UPDATE {core_config_data} SET value = ${value}, updated_at = ${at}
    WHERE scope = ${scope} AND scope_id = ${scopeId} AND path = ${path}`);
}
