import { Belongings } from '../../connection/index.ts';
import { contribute, sql } from '../../framework/index.ts';

/** What a connection's mapping leaves behind when the connection is deleted; foreign keys take it along. */
export const versionsOfConnection = contribute(Belongings, {}, () => ({
  label: 'versions of its mapping',
  async count(db, connectionId) {
    const row = await db.first<{ n: number }>(
      sql`SELECT COUNT(*) AS n FROM {vestibule_mapping_version} WHERE connection_id = ${connectionId}`,
    );
    return row?.n ?? 0;
  },
}));
