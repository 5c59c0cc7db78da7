import type { Connection, Connections } from '../../connection/index.ts';
import { sql, type Transaction } from '../../framework/index.ts';
import type { HookCatalogue } from '../scope/catalogue.ts';
import { readScope } from '../scope/scope.ts';
import type { WebhookSecurity } from '../settings.ts';
import { payloadForms, type WebhookChanges } from '../webhook.ts';
import { invalid, WebhookError } from '../webhook-error.ts';
import { readDestination } from './destination.ts';
import { readHeaders } from './headers.ts';

export interface ChecksNeeds {
  readonly connections: Connections;
  readonly security: WebhookSecurity;
  readonly scopes: HookCatalogue;
}

/** What a subscription has to be, by the configuration, its connection and the store. All throw a WebhookError. */
export interface Checks {
  /** What may be said of a subscription, read and checked; what was not said is left out. */
  checked(tx: Transaction, given: WebhookChanges, connection: Connection | undefined): Promise<WebhookChanges>;
  /** The connection with this id, its row held: two who make the last webhook that it may have don't both count the same. */
  connectionFor(tx: Transaction, id: number | null | undefined): Promise<Connection | undefined>;
  /** Where the connection, or no connection, has as many as may be. */
  refuseTooMany(tx: Transaction, connection: Connection | undefined): Promise<void>;
}

const longestName = 255;

export function createChecks({ connections, security, scopes }: ChecksNeeds): Checks {
  async function checked(
    tx: Transaction,
    given: WebhookChanges,
    connection: Connection | undefined,
  ): Promise<WebhookChanges> {
    const { scope, destination, headers, name, payload, websiteId } = given;
    if (payload !== undefined && !payloadForms.includes(payload))
      throw invalid('payload', `"${payload}" is no form of a payload; there are ${payloadForms.join(' and ')}.`);
    return {
      ...given,
      ...(scope === undefined ? {} : { scope: readScope(scope, scopes) }),
      ...(destination === undefined
        ? {}
        : { destination: readDestination(destination, await security.get('allowed_hosts')) }),
      ...(headers === undefined ? {} : { headers: readHeaders(headers) }),
      ...(name === undefined ? {} : { name: readName(name) }),
      ...(websiteId === undefined && !connection ? {} : { websiteId: await websiteFor(tx, websiteId, connection) }),
    };
  }

  async function websiteFor(tx: Transaction, websiteId: number | null | undefined, connection: Connection | undefined) {
    if (connection) {
      if (websiteId === undefined || websiteId === null || websiteId === connection.websiteId)
        return connection.websiteId;
      throw invalid(
        'websiteId',
        `The connection "${connection.code}" belongs to website ${connection.websiteId}, and so do its webhooks; leave the website out.`,
      );
    }
    if (websiteId === undefined || websiteId === null) return null;
    const known =
      websiteId > 0 &&
      (await tx.first(sql`SELECT website_id FROM {store_website} WHERE website_id = ${websiteId}`)) !== undefined;
    if (!known) throw invalid('websiteId', `There is no website ${websiteId}; leave it out for all websites.`);
    return websiteId;
  }

  async function connectionFor(tx: Transaction, id: number | null | undefined): Promise<Connection | undefined> {
    if (id === undefined || id === null) return undefined;
    await tx.first(
      sql`SELECT connection_id FROM {vestibule_connection} WHERE connection_id = ${id} ${tx.dialect.forUpdate}`,
    );
    const connection = await connections.byId(tx, id);
    if (!connection)
      throw invalid('connectionId', `There is no connection ${id}; connection:list shows those there are.`);
    return connection;
  }

  async function refuseTooMany(tx: Transaction, connection: Connection | undefined): Promise<void> {
    const whose = connection ? sql`connection_id = ${connection.id}` : sql`connection_id IS NULL`;
    const found = await tx.first<{ n: number }>(sql`SELECT COUNT(*) AS n FROM {vestibule_webhook} WHERE ${whose}`);
    const most = await security.get('most_per_connection');
    if (Number(found?.n ?? 0) < most) return;
    throw new WebhookError(
      'WEBHOOK_LIMIT',
      `${connection ? `The connection "${connection.code}" has` : 'There are'} ${found?.n} webhooks${connection ? '' : ' of no connection'}, and ${most} is the limit: delete one, or raise webhook/security/most_per_connection.`,
    );
  }

  return { checked, connectionFor, refuseTooMany };
}

function readName(text: string): string {
  const name = text.trim();
  if (name.length <= longestName && !/\p{Cc}/u.test(name)) return name;
  throw invalid('name', `The name of a webhook has at most ${longestName} characters on one line.`);
}
