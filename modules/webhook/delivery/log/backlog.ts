import { type Executor, sql } from '../../../framework/index.ts';
import type { Backlog } from '../deliveries.ts';

/** Of subscriptions that are switched on; what waits for others goes nowhere. */
export async function readBacklog(db: Executor, nowMs: number): Promise<Backlog> {
  const index = db.dialect.readBy('vestibule_webhook_delivery_log');
  const rows = await db.all<{
    active: number;
    failing: number;
    because: string | null;
    waiting: number;
    oldest: number | null;
  }>(
    sql`SELECT w.is_active AS active, CASE WHEN w.failing_since_ms IS NULL THEN 0 ELSE 1 END AS failing, w.disabled_because AS because,
        (SELECT COUNT(*) FROM {vestibule_webhook_delivery} d ${index} WHERE d.webhook_id = w.webhook_id AND d.state = 'waiting') AS waiting,
        (SELECT d.created_ms FROM {vestibule_webhook_delivery} d ${index} WHERE d.webhook_id = w.webhook_id AND d.state = 'waiting' ORDER BY d.created_ms LIMIT 1) AS oldest
      FROM {vestibule_webhook} w`,
  );
  const active = rows.filter((row) => row.active === 1);
  const oldest = active.flatMap((row) => (row.oldest === null ? [] : [row.oldest]));
  return {
    waiting: active.reduce((sum, { waiting }) => sum + waiting, 0),
    oldestMs: oldest.length === 0 ? 0 : Math.max(0, nowMs - Math.min(...oldest)),
    failing: active.filter(({ failing }) => failing === 1).length,
    disabled: rows.filter((row) => row.active === 0 && row.because !== null).length,
  };
}
