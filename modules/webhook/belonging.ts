import { Belongings } from '../connection/index.ts';
import { contribute, sql } from '../framework/index.ts';

/** Subscriptions go with their connection, whoever takes its users over: a foreign key takes them along. */
export const subscriptionsOfConnection = contribute(Belongings, {}, () => ({
  label: 'webhooks',
  async count(db, connectionId) {
    const row = await db.first<{ n: number }>(
      sql`SELECT COUNT(*) AS n FROM {vestibule_webhook} WHERE connection_id = ${connectionId}`,
    );
    return Number(row?.n ?? 0);
  },
}));
