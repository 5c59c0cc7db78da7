import { type Executor, type Sql, sql } from '../../framework/index.ts';
import type { PayloadForm, Webhook } from '../webhook.ts';

export interface WebhookRow {
  webhook_id: number;
  connection_id: number | null;
  website_id: number | null;
  name: string;
  scope: string;
  destination: string;
  fills_placeholders: number;
  headers: string;
  payload: string;
  is_active: number;
  disabled_because: string | null;
  failing_since_ms: number | null;
  paused_until_ms: number | null;
  secret: string;
  old_secret: string | null;
  old_secret_until_ms: number | null;
  created_ms: number;
  updated_ms: number;
}

const columns = sql`webhook_id, connection_id, website_id, name, scope, destination, fills_placeholders, headers, payload, is_active, disabled_because, failing_since_ms, paused_until_ms, secret, old_secret, old_secret_until_ms, created_ms, updated_ms`;

/** Values of headers as they are kept: encrypted, under the names as they were typed. */
export const storedHeaders = (row: Pick<WebhookRow, 'headers'>): Readonly<Record<string, string>> =>
  JSON.parse(row.headers) as Record<string, string>;

export function webhookOf(row: WebhookRow): Webhook {
  return {
    id: row.webhook_id,
    connectionId: row.connection_id,
    websiteId: row.website_id,
    name: row.name,
    scope: row.scope,
    destination: row.destination,
    fillsPlaceholders: row.fills_placeholders === 1,
    headerNames: Object.keys(storedHeaders(row)),
    payload: row.payload as PayloadForm,
    active: row.is_active === 1,
    disabledBecause: row.disabled_because,
    failingSinceMs: row.failing_since_ms,
    pausedUntilMs: row.paused_until_ms,
    oldSecretUntilMs: row.old_secret === null ? null : row.old_secret_until_ms,
    createdMs: row.created_ms,
    updatedMs: row.updated_ms,
  };
}

export const readRow = (db: Executor, id: number, lock: Sql = sql``): Promise<WebhookRow | undefined> =>
  db.first<WebhookRow>(sql`SELECT ${columns} FROM {vestibule_webhook} WHERE webhook_id = ${id} ${lock}`);

/** By id; of a connection, of none (`null`), or all of them. */
export function readRows(db: Executor, connectionId?: number | null): Promise<WebhookRow[]> {
  const whose =
    connectionId === undefined
      ? sql`1 = 1`
      : connectionId === null
        ? sql`connection_id IS NULL`
        : sql`connection_id = ${connectionId}`;
  return db.all<WebhookRow>(sql`SELECT ${columns} FROM {vestibule_webhook} WHERE ${whose} ORDER BY webhook_id`);
}
