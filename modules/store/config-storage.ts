import {
  type Clock,
  type ConfigRow,
  type ConfigStorage,
  type Database,
  DuplicateKeyError,
  join,
  sql,
  sqlTimestamp,
} from '../framework/index.ts';
import type { Websites } from './websites.ts';

/** Configuration in Magento's `core_config_data`. Magento itself sees a change when its config cache is cleaned. */
export function createConfigStorage(database: Database, websites: Websites, clock: Clock): ConfigStorage {
  return {
    rows: (paths) =>
      database.all<ConfigRow>(sql`
        SELECT scope, scope_id AS scopeId, path, value FROM {core_config_data} WHERE path IN (${join([...paths])})`),
    scopes: async () => ({ websites: await websites.websites(), stores: await websites.stores() }),
    async write(row) {
      const at = sqlTimestamp(clock.now());
      try {
        await database.run(sql`
          INSERT INTO {core_config_data} (scope, scope_id, path, value, updated_at)
          VALUES (${row.scope}, ${row.scopeId}, ${row.path}, ${row.value}, ${at})`);
      } catch (error) {
        if (!(error instanceof DuplicateKeyError)) throw error;
        await update(database, row, at);
      }
    },
    async remove({ scope, scopeId, path }) {
      await database.run(sql`
        DELETE FROM {core_config_data} WHERE scope = ${scope} AND scope_id = ${scopeId} AND path = ${path}`);
    },
  };
}

async function update(database: Database, { scope, scopeId, path, value }: ConfigRow, at: string): Promise<void> {
  await database.run(sql`
    UPDATE {core_config_data} SET value = ${value}, updated_at = ${at}
    WHERE scope = ${scope} AND scope_id = ${scopeId} AND path = ${path}`);
}
