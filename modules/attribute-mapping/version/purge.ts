import { type ConfigReader, type Database, idList, sql, sqlTimestamp } from '../../framework/index.ts';
import type { versionSettings } from './settings.ts';

/** Versions that are removed by one statement. */
const batch = 100;
const day = 86_400_000;

/**
 * Removes published versions whose days are over, a few at a time. The newest of each connection stay, what is in effect
 * and what a draft was begun from among them. Answers how many went.
 */
export async function purgeVersions(
  database: Database,
  config: ConfigReader<(typeof versionSettings)['fields']>,
  now: Date,
): Promise<number> {
  const { days, least } = { days: await config.get('days'), least: await config.get('least') };
  if (days <= 0) return 0;
  const old = sqlTimestamp(new Date(now.getTime() - days * day));
  let removed = 0;
  for (;;) {
    const rows = await database.all<{ connection_id: number; version: number }>(
      sql`SELECT v.connection_id, v.version FROM {vestibule_mapping_version} v JOIN {vestibule_mapping_head} h ON h.connection_id = v.connection_id LEFT JOIN {vestibule_mapping_draft} d ON d.connection_id = v.connection_id AND d.based_on = v.version WHERE v.published_at < ${old} AND v.version + ${least} <= h.version AND d.connection_id IS NULL ORDER BY v.connection_id, v.version LIMIT ${batch}`,
    );
    for (const connectionId of new Set(rows.map((row) => row.connection_id))) {
      const versions = rows.flatMap((row) => (row.connection_id === connectionId ? [row.version] : []));
      const { affectedRows } = await database.run(
        sql`DELETE FROM {vestibule_mapping_version} WHERE connection_id = ${connectionId} AND version IN (${idList(versions)})`,
      );
      removed += affectedRows;
    }
    if (rows.length < batch) return removed;
  }
}
