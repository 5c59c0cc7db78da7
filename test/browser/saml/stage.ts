import { Activities, type StoredActivity } from '../../../modules/activity/index.ts';
import admin from '../../../modules/admin/module.ts';
import { Connections, exchangeScope, Tokens } from '../../../modules/connection/index.ts';
import { createTestHost, type Database, sql, type TestHost } from '../../../modules/framework/index.ts';
import { IdpMetadata, KeyPairs, SamlProviders } from '../../../modules/saml/index.ts';
import saml from '../../../modules/saml/module.ts';
import { type ScimClient, scimClient } from '../../provisioning/client.ts';
import { idpOrigin } from '../../saml/idp-process/messages.ts';
import { type IdpProcess, startIdp } from '../../saml/idp-process/start.ts';
import { fewKeyPairs } from '../../saml/provider/key-pairs.ts';
import { openStorefront } from '../../saml/storefront/storefront.ts';
import type { TestEngine } from '../../setup/databases.ts';
import { openBrowser, type TestBrowser } from '../browser.ts';

type Changes = Parameters<SamlProviders['change']>[1];

/** A host with a storefront before it, on an engine. */
export interface Store {
  /** Where browsers find them. */
  readonly host: string;
  readonly shop: string;
  readonly entityId: string;
  readonly scim: ScimClient;
  readonly database: Database;
  customer(): { readonly customerId: number; readonly email: string } | undefined;
  change(changes: Changes): Promise<void>;
  records(): Promise<StoredActivity[]>;
  sessions(): Promise<number>;
}

/** One identity provider and one browser for the stores of all engines. */
export interface Stage {
  readonly browser: TestBrowser;
  store(engine: TestEngine): Store;
  close(): Promise<void>;
}

interface OpenStore {
  readonly store: Store;
  readonly ports: Readonly<Record<string, number>>;
  close(): Promise<void>;
}

async function openStore(engine: TestEngine, idp: IdpProcess): Promise<OpenStore> {
  const [host, shop] = [`http://host-${engine.name}.test`, `http://shop-${engine.name}.test`];
  const opened = await engine.open({ migrated: true });
  const { database } = opened;
  const made: TestHost = await createTestHost({
    modules: [admin, saml],
    database,
    environment: { baseUrl: host },
    override: [[KeyPairs, fewKeyPairs]],
  });
  const { url, told } = await made.host.listen();
  const providers = made.resolve(SamlProviders);
  await providers.change('default', { on: true, settings: { redirects: [`${shop}/saml/`] } });
  await made.resolve(IdpMetadata).import('default', { text: idp.metadata });
  await idp.know(await (await fetch(`${url}/saml/default/metadata`)).text());
  const { text: token } = await database.transaction(async (tx) => {
    const connection = await made.resolve(Connections).byCode(tx, 'default');
    return made.resolve(Tokens).issue(tx, connection, { name: 'shop', scopes: [exchangeScope] }, new Date());
  });
  const exchangeUrl = `${url}/saml/default/exchange`;
  const front = await openStorefront({
    origin: shop,
    host,
    connection: 'default',
    exchangeUrl,
    token: async () => token,
  });
  const secret = told.find(({ label }) => label === 'SCIM bearer token')?.value ?? '';
  return {
    ports: { [new URL(host).host]: Number(new URL(url).port), [new URL(shop).host]: front.port },
    store: {
      host,
      shop,
      entityId: `${host}/saml/default/metadata`,
      scim: scimClient(`${url}/scim/v2`, secret),
      database,
      customer: front.customer,
      async change(changes) {
        await providers.change('default', changes);
      },
      async records() {
        await made.resolve(Activities).flush();
        return made.resolve(Activities).recent(database, { limit: 1000 });
      },
      sessions: async () => (await database.all(sql`SELECT 1 AS n FROM {vestibule_saml_session}`)).length,
    },
    async close() {
      front.close();
      await made.close();
      await opened.dispose();
    },
  };
}

export async function openStage(engines: readonly TestEngine[]): Promise<Stage> {
  const idp = await startIdp();
  const stores = new Map<TestEngine, OpenStore>();
  for (const engine of engines) stores.set(engine, await openStore(engine, idp));
  const ports = Object.assign({}, ...[...stores.values()].map((store) => store.ports));
  const browser = await openBrowser(idpOrigin, { [new URL(idpOrigin).host]: idp.port, ...ports });
  return {
    browser,
    store(engine) {
      const found = stores.get(engine);
      if (!found) throw new Error(`no store on ${engine.name}`);
      return found.store;
    },
    async close() {
      await browser.close();
      for (const { close } of stores.values()) await close();
      await idp.stop();
    },
  };
}
