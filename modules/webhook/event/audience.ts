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

/** Whether it is told of anything with this origin: not of other websites, and not of what its own identity provider caused. */
export const hears = ({ connectionId, websiteId }: Listener, origin: Pick<HookEvent, 'websiteId' | 'cause'>): boolean =>
  (websiteId === null || origin.websiteId === null || websiteId === origin.websiteId) &&
  (connectionId === null || origin.cause !== `connection:${connectionId}`);

/** Who is told: whoever subscribed to it for this website, but not the connection whose identity provider caused it. */
export const audienceOf = (listeners: readonly Listener[], event: HookEvent): readonly number[] =>
  listeners
    .filter((listener) => scopeCovers(listener.scope, event.scope) && hears(listener, event))
    .map(({ id }) => id);
