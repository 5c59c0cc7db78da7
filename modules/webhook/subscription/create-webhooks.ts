import type { Activities } from '../../activity/index.ts';
import { type Clock, type Encryptor, type Executor, sql, type Transaction } from '../../framework/index.ts';
import type { NewWebhook, Webhook, WebhookChanges, Webhooks } from '../webhook.ts';
import { unknownWebhook, WebhookError } from '../webhook-error.ts';
import { type ChecksNeeds, createChecks } from './checks.ts';
import { actOf, recordAct } from './record.ts';
import { readRow, readRows, storedHeaders, type WebhookRow, webhookOf } from './rows.ts';
import { newSecret } from './secret.ts';

export interface WebhooksNeeds extends ChecksNeeds {
  readonly activities: Activities;
  readonly encryptor: Encryptor;
  readonly clock: Clock;
  /** Called after a commit that changed who is told of what. */
  readonly changed: () => void;
}

const mostOverlapMs = 7 * 86_400_000;

/** Subscriptions over `vestibule_webhook`. */
export function createWebhooks(needs: WebhooksNeeds): Webhooks {
  const { connections, encryptor, clock } = needs;
  const { connectionFor, refuseTooMany, checked } = createChecks(needs);

  const encrypted = (headers: Readonly<Record<string, string>>): string =>
    JSON.stringify(
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, encryptor.encrypt(value)])),
    );

  async function held(tx: Transaction, id: number): Promise<WebhookRow> {
    const row = await readRow(tx, id, tx.dialect.forUpdate);
    if (!row) throw unknownWebhook(id);
    return row;
  }
  async function present(db: Executor, id: number): Promise<Webhook> {
    const row = await readRow(db, id);
    if (!row) throw unknownWebhook(id);
    return webhookOf(row);
  }

  return {
    async create(tx, given: NewWebhook, now, by) {
      const connection = await connectionFor(tx, given.connectionId);
      await refuseTooMany(tx, connection);
      const { scope, destination, name, headers, websiteId } = await checked(tx, given, connection);
      const secret = newSecret();
      const at = now.getTime();
      const { insertId } = await tx.run(
        sql`INSERT INTO {vestibule_webhook} (connection_id, website_id, name, scope, destination, fills_placeholders, headers, payload, is_active, secret, created_ms, updated_ms)
          VALUES (${connection?.id ?? null}, ${websiteId ?? null}, ${name ?? ''}, ${scope}, ${destination}, ${given.fillsPlaceholders ? 1 : 0}, ${encrypted(headers ?? {})}, ${given.payload ?? 'light'}, ${given.active === false ? 0 : 1}, ${encryptor.encrypt(secret)}, ${at}, ${at})`,
      );
      const webhook = await present(tx, insertId);
      recordAct(needs.activities, tx, actOf('webhook.create', undefined, webhook), now, by);
      tx.afterCommit(needs.changed);
      return { webhook, secret };
    },

    async change(tx, id, given, now, by) {
      const row = await held(tx, id);
      const before = webhookOf(row);
      const connection = before.connectionId === null ? undefined : await connections.byId(tx, before.connectionId);
      const said = await checked(tx, given, connection);
      const active = said.active ?? before.active;
      const next = { ...before, ...definedOf(said), active };
      const again = said.active === true;
      await tx.run(
        sql`UPDATE {vestibule_webhook} SET website_id = ${next.websiteId}, name = ${next.name}, scope = ${next.scope}, destination = ${next.destination}, fills_placeholders = ${next.fillsPlaceholders ? 1 : 0}, headers = ${said.headers ? encrypted(said.headers) : row.headers}, payload = ${next.payload}, is_active = ${active ? 1 : 0}, updated_ms = ${now.getTime()} WHERE webhook_id = ${id}`,
      );
      if (again)
        await tx.run(
          sql`UPDATE {vestibule_webhook} SET disabled_because = NULL, failures = 0, failing_since_ms = NULL, failed_ms = NULL, paused_until_ms = NULL WHERE webhook_id = ${id}`,
        );
      const after = await present(tx, id);
      recordAct(
        needs.activities,
        tx,
        actOf('webhook.change', before, after, headersChanged(row, said, encryptor)),
        now,
        by,
      );
      tx.afterCommit(needs.changed);
      return after;
    },

    async delete(tx, id, by) {
      const before = webhookOf(await held(tx, id));
      await tx.run(sql`DELETE FROM {vestibule_webhook} WHERE webhook_id = ${id}`);
      recordAct(needs.activities, tx, actOf('webhook.delete', before, undefined), clock.now(), by);
      tx.afterCommit(needs.changed);
    },

    async rotateSecret(tx, id, overlapUntil, now, by) {
      const row = await held(tx, id);
      const overlap = overlapUntil.getTime() - now.getTime();
      if (overlap > mostOverlapMs)
        throw new WebhookError('WEBHOOK_INVALID', 'Two secrets sign for seven days at most; choose an earlier end.');
      const secret = newSecret();
      const [old, until] = overlap > 0 ? [row.secret, overlapUntil.getTime()] : [null, null];
      await tx.run(
        sql`UPDATE {vestibule_webhook} SET secret = ${encryptor.encrypt(secret)}, old_secret = ${old}, old_secret_until_ms = ${until}, updated_ms = ${now.getTime()} WHERE webhook_id = ${id}`,
      );
      const webhook = await present(tx, id);
      recordAct(needs.activities, tx, actOf('webhook.rotate-secret', webhookOf(row), webhook), now, by);
      return { webhook, secret };
    },

    async find(db, id) {
      const row = await readRow(db, id);
      return row && webhookOf(row);
    },
    list: async (db, connectionId) => (await readRows(db, connectionId)).map(webhookOf),

    async secretsOf(db, id) {
      const row = await readRow(db, id);
      if (!row) throw unknownWebhook(id);
      const overlaps = row.old_secret !== null && (row.old_secret_until_ms ?? 0) > clock.now().getTime();
      const decrypted = Object.entries(storedHeaders(row)).map(
        ([name, kept]) => [name, encryptor.decrypt(kept)] as const,
      );
      return {
        headers: Object.fromEntries(decrypted),
        secrets: [row.secret, ...(overlaps ? [row.old_secret as string] : [])].map(encryptor.decrypt),
      };
    },
  };
}

/** What was said, without what was left out. */
const definedOf = (said: WebhookChanges): Partial<Webhook> => {
  const { headers: _, ...rest } = said;
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Partial<Webhook>;
};

/** Names of headers that have another value than before; a value is never told. */
function headersChanged(row: WebhookRow, said: WebhookChanges, encryptor: Encryptor): readonly string[] {
  if (!said.headers) return [];
  const before = storedHeaders(row);
  return Object.entries(said.headers)
    .filter(([name, value]) => before[name] !== undefined && encryptor.decrypt(before[name]) !== value)
    .map(([name]) => name);
}
