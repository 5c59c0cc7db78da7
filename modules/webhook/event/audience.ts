import { type Executor, sql } from '../../framework/index.ts';
import type { HookEvent } from '../hook-event.ts';
import { scopeCovers } from '../scope/scope.ts';

/** As much of an active subscription as decides whether it is told. */
export interface Listener {
  readonly id: number;
  readonly scope: string;
  readonly connectionId: number | null;
  readonly websiteId: number | null;
}

export const readListeners = async (db: Executor): Promise<readonly Listener[]> =>
  (
    await db.all<{ webhook_id: number; scope: string; connection_id: number | null; website_id: number | null }>(
      sql`SELECT webhook_id, scope, connection_id, website_id FROM {vestibule_webhook} WHERE is_active = 1 ORDER BY webhook_id`,
    )
  ).map((row) => ({
    id: row.webhook_id,
    scope: row.scope,
    connectionId: row.connection_id,
    websiteId: row.website_id,
  }));

/** Who is told: whoever subscribed to it for this website, but not the connection whose identity provider caused it. */
export const audienceOf = (listeners: readonly Listener[], event: HookEvent): readonly number[] =>
  listeners
    .filter(
      ({ scope, connectionId, websiteId }) =>
        scopeCovers(scope, event.scope) &&
        (websiteId === null || event.websiteId === null || websiteId === event.websiteId) &&
        (connectionId === null || event.cause !== `connection:${connectionId}`),
    )
    .map(({ id }) => id);
