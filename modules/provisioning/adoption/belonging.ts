import { Belongings } from '../../connection/index.ts';
import { contribute, sql } from '../../framework/index.ts';

/** Match requests go with their connection; a foreign key sees to it. */
export const matchRequestsOfConnection = contribute(Belongings, {}, () => ({
  label: 'match requests',
  async count(db, connectionId) {
    const row = await db.first<{ n: number }>(
      sql`SELECT COUNT(*) AS n FROM {vestibule_match_request} WHERE connection_id = ${connectionId}`,
    );
    return Number(row?.n ?? 0);
  },
}));
