import { Belongings } from '../../connection/index.ts';
import { contribute, sql } from '../../framework/index.ts';
import { forgetGuard } from './forget.ts';

/** What is held, and what is remembered of losses, goes with its connection. */
export const heldOfConnection = contribute(Belongings, {}, () => ({
  label: 'held requests',
  async count(db, connectionId) {
    const row = await db.first<{ n: number }>(
      sql`SELECT COUNT(*) AS n FROM {vestibule_guard_held} i JOIN {vestibule_guard_hold} h ON h.hold_id = i.hold_id WHERE h.connection_id = ${connectionId} AND i.status = 'waiting'`,
    );
    return Number(row?.n ?? 0);
  },
  remove: forgetGuard,
}));
