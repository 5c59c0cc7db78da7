import { Activities, type StoredActivity } from '../../modules/activity/index.ts';
import { Connections, type MatchPolicy, type Profile, Tokens } from '../../modules/connection/index.ts';
import { Customers } from '../../modules/customer/index.ts';
import {
  Clock,
  createTestHost,
  type Logger,
  type ModuleManifest,
  migrate,
  type Override,
  type Sql,
  sql,
  type TestHost,
  type TestHostOptions,
} from '../../modules/framework/index.ts';
import provisioning from '../../modules/provisioning/module.ts';
import type { OpenedDatabase, OpenOptions, TestEngine } from '../setup/databases.ts';
import { type ScimClient, scimClient } from './client.ts';

/** A whole host on a store of its own, spoken to over HTTP; rows are looked at in SQL. */
export interface ScimHost {
  readonly database: OpenedDatabase['database'];
  readonly host: TestHost;
  readonly url: string;
  /** Speaks for the connection that the first start made, on website 1. */
  readonly scim: ScimClient;
  readonly token: string;
  /** Moves the clock, which stands still otherwise. */
  advance(seconds: number): void;
  now(): Date;
  /** A further connection and a client that speaks for it. */
  connect(code: string, options?: ConnectOptions): Promise<ScimClient & { token: string }>;
  /** A customer as the storefront makes one. */
  shopper(email: string, attributes?: Readonly<Record<string, string | number>>, websiteId?: number): Promise<number>;
  row<R = Record<string, unknown>>(query: Sql): Promise<R>;
  rows<R = Record<string, unknown>>(query: Sql): Promise<R[]>;
  customer(id: string | number): Promise<Record<string, unknown>>;
  eav(id: string | number): Promise<Record<string, string>>;
  /** Opens the pool's connections, so that requests sent at once really run at once. */
  warm(): Promise<void>;
  /** Everything recorded, newest first, queued entries included. */
  records(): Promise<StoredActivity[]>;
  close(): Promise<void>;
}

export interface ConnectOptions {
  readonly websiteId?: number;
  readonly match?: MatchPolicy;
  readonly profile?: Profile;
}

export interface HostOptions {
  readonly logger?: Logger;
  /** Stays open when the host is closed. */
  readonly database?: OpenedDatabase;
  /** Adds website 2 with store view 2. */
  readonly secondWebsite?: boolean;
  /** Configuration for the default scope, `{ 'section/group/field': value }`. */
  readonly config?: TestHostOptions['config'];
  /** Modules besides those that provisioning needs. */
  readonly modules?: readonly ModuleManifest[];
  /** Services replaced by these, besides the clock. */
  readonly override?: readonly Override[];
}

async function addWebsite(database: OpenedDatabase['database']): Promise<void> {
  await migrate(database, [{ name: 'store', migrations: new URL('../../migrations/', import.meta.url) }]);
  await database.transaction(async (tx) => {
    await tx.run(sql`INSERT INTO {store_website} (website_id, code, name, sort_order, default_group_id, is_default)
      VALUES (2, 'second', 'Second', 0, 2, 0)`);
    await tx.run(sql`INSERT INTO {store_group} (group_id, website_id, name, root_category_id, default_store_id, code)
      VALUES (2, 2, 'Second', 2, 2, 'second')`);
    await tx.run(sql`INSERT INTO {store} (store_id, code, website_id, group_id, name, sort_order, is_active)
      VALUES (2, 'second', 2, 2, 'Second', 0, 1)`);
  });
}

export async function openHost(engine: TestEngine, options: OpenOptions & HostOptions = {}): Promise<ScimHost> {
  const { logger, database: given, secondWebsite = false, config, modules = [], override = [], ...rest } = options;
  const opened = given ?? (await engine.open({ migrated: true, ...rest }));
  const { database } = opened;
  if (secondWebsite) await addWebsite(database);
  let time = Date.parse('2024-05-06T12:00:00.000Z');
  const now = () => new Date(time);
  const host = await createTestHost({
    modules: [provisioning, ...modules],
    database,
    override: [[Clock, { now }], ...override],
    ...(logger ? { logger } : {}),
    ...(config ? { config } : {}),
  });
  const { url, told } = await host.host.listen();
  const token = told.find(({ label }) => label === 'SCIM bearer token')?.value ?? '';
  const rows = <R>(query: Sql) => database.all<R>(query);
  const row = async <R>(query: Sql): Promise<R> => {
    const found = await database.first<R>(query);
    if (found === undefined) throw new Error(`no row: ${query.sql}`);
    return found;
  };
  const idOf = (id: string | number) => Number(String(id).split('-')[0]);
  return {
    database,
    host,
    url,
    token,
    scim: scimClient(`${url}/scim/v2`, token),
    advance: (seconds) => {
      time += seconds * 1000;
    },
    now,
    async connect(code, { websiteId = 1, match = 'link', profile = 'generic' } = {}) {
      const connections = host.resolve(Connections);
      const { text } = await database.transaction(async (tx) => {
        const made = await connections.create(tx, { code, name: code, websiteId, profile }, now());
        await connections.change(tx, code, { match });
        return host.resolve(Tokens).issue(tx, made, { name: 'test' }, now());
      });
      return { ...scimClient(`${url}/scim/v2`, text), token: text };
    },
    shopper: (email, attributes = {}, websiteId = 1) =>
      database.transaction((tx) =>
        host
          .resolve(Customers)
          .create(
            tx,
            { websiteId, attributes: { email, firstname: 'Sam', lastname: 'Shopper', ...attributes } },
            now(),
          ),
      ),
    row,
    rows,
    customer: (id) => row(sql`SELECT * FROM {customer_entity} WHERE entity_id = ${idOf(id)}`),
    async eav(id) {
      const values = await rows<{ attribute_code: string; value: string }>(sql`
        SELECT a.attribute_code, v.value FROM {customer_entity_varchar} v
        JOIN {eav_attribute} a ON a.attribute_id = v.attribute_id WHERE v.entity_id = ${idOf(id)}`);
      return Object.fromEntries(values.map(({ attribute_code, value }) => [attribute_code, value]));
    },
    async warm() {
      for (let round = 0; round < 3; round++)
        await Promise.all(
          Array.from({ length: 10 }, () =>
            rows(sql`SELECT COUNT(*) AS n FROM {eav_attribute} a, {directory_country_region} r`),
          ),
        );
    },
    async records() {
      await host.resolve(Activities).flush();
      return host.resolve(Activities).recent(database, { limit: 1000 });
    },
    async close() {
      await host.close();
      if (!given) await opened.dispose();
    },
  };
}
