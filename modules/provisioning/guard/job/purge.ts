import { type Database, sql, sqlTimestampMs } from '../../../framework/index.ts';
import { restorableFor } from '../limit.ts';

/** Rows per statement. */
const batch = 1000;

/** Forgets what can't be restored any more and denials that have ended, in small steps. */
export async function purgeGuard(database: Database, now: Date): Promise<void> {
  const old = sqlTimestampMs(new Date(now.getTime() - restorableFor));
  for (;;) {
    const last = await database.first<{ event_id: number }>(
      sql`SELECT MAX(event_id) AS event_id FROM (SELECT event_id FROM {vestibule_guard_event} WHERE at < ${old} ORDER BY at LIMIT ${batch}) o`,
    );
    if (!last?.event_id) break;
    const { affectedRows } = await database.run(
      sql`DELETE FROM {vestibule_guard_event} WHERE at < ${old} AND event_id <= ${last.event_id}`,
    );
    if (affectedRows === 0) break;
  }
  await database.run(sql`DELETE FROM {vestibule_guard_group} WHERE deleted_at < ${old}`);
  await database.run(sql`DELETE FROM {vestibule_guard_denial} WHERE until < ${sqlTimestampMs(now)}`);
}
