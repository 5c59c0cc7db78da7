import type { Page } from 'playwright-core';
import { ActivityJobs } from '../../modules/activity/jobs/jobs.ts';
import { Tasks } from '../../modules/admin/index.ts';
import conformance from '../../modules/conformance/module.ts';
import { ConnectionEditor } from '../../modules/connection/index.ts';
import { CustomerAttributes } from '../../modules/customer/index.ts';
import { sql } from '../../modules/framework/index.ts';
import mail from '../../modules/mail/module.ts';
import notification from '../../modules/notification/module.ts';
import { ReconciliationRuns } from '../../modules/reconciliation/index.ts';
import reconciliation from '../../modules/reconciliation/module.ts';
import saml from '../../modules/saml/module.ts';
import storeApi from '../../modules/store-api/module.ts';
import transfer from '../../modules/transfer/module.ts';
import { HookEvents, Webhooks } from '../../modules/webhook/index.ts';
import webhook from '../../modules/webhook/module.ts';
import { openAdministeredHost } from '../setup/administered-host.ts';
import { sqlite } from '../setup/databases.ts';

/** A store with connections, users, errors and things to decide, such as one finds after some weeks. */
export interface Stage {
  readonly url: string;
  /** A customer that a connection manages. */
  readonly customer: number;
  /** Addresses of pages, with what they are about filled in. */
  readonly pages: readonly string[];
  /** Logs a page's browser in. */
  enter(page: Page): Promise<void>;
  close(): Promise<void>;
}

const people = [
  ['Ada', 'Lovelace', 'Research'],
  ['Grace', 'Hopper', 'Engineering'],
  ['Edsger', 'Dijkstra', 'Research'],
  ['Barbara', 'Liskov', 'Engineering'],
  ['Donald', 'Knuth', 'Publishing'],
  ['Frances', 'Allen', 'Engineering'],
  ['Alan', 'Kay', 'Design'],
  ['Radia', 'Perlman', 'Networks'],
  ['Tony', 'Hoare', 'Research'],
  ['Karen', 'Spärck Jones', 'Search'],
  ['Niklaus', 'Wirth', 'Education'],
  ['Adele', 'Goldberg', 'Design'],
  ['Ken', 'Thompson', 'Systems'],
  ['Sophie', 'Wilson', 'Hardware'],
] as const;
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

export async function setStage(): Promise<Stage> {
  const host = await openAdministeredHost(
    sqlite,
    [mail, notification, saml, conformance, webhook, transfer, storeApi, reconciliation],
    {
      secondWebsite: true,
    },
  );
  const attribute = { code: 'loyalty_tier', label: 'Loyalty tier', backendType: 'int', input: 'select' } as const;
  await host.database.transaction((tx) =>
    host.host.resolve(CustomerAttributes).ensure(tx, [{ ...attribute, options: ['Bronze', 'Silver', 'Gold'] }]),
  );
  for (let at = 0; at < 24; at++)
    await host.shopper(`shopper${at}@example.com`, { firstname: 'Sam', lastname: `Shopper ${at + 1}` });
  const okta = await host.connect('okta', { profile: 'okta' });
  const entra = await host.connect('entra', { profile: 'entra', websiteId: 2 });
  const miniorange = await host.connect('miniorange', { profile: 'miniorange' });
  const editor = host.host.resolve(ConnectionEditor);
  await editor.change('okta', { name: 'Okta (employees)' });
  await editor.change('entra', { name: 'Microsoft Entra ID', match: 'ask' });
  await editor.change('miniorange', { name: 'miniOrange' });
  const { database } = host;
  const told = await database.transaction(async (tx) => {
    const destination = 'https://login.xecurify.com/services/api/provisioning/webhook/bigcommerce/syncusers/4711';
    const headers = { 'app-secret': 'secret' };
    const fields = { connectionId: 2, name: 'Warehouse', scope: 'store/customer/*', destination, headers };
    return (await host.host.resolve(Webhooks).create(tx, fields, host.now())).webhook;
  });
  const happened = Array.from({ length: 12 }, (_, at) => ({
    scope: at % 3 === 0 ? 'store/customer/created' : 'store/customer/updated',
    data: { type: 'customer', id: at + 1 },
    customerId: at + 1,
    websiteId: 1,
    cause: null,
    atMs: host.now().getTime(),
  }));
  await database.transaction((tx) => host.host.resolve(HookEvents).announce(tx, happened));
  host.advance(6);
  const ids: string[] = [];
  for (const [at, [givenName, familyName, department]] of people.entries()) {
    const email = `${givenName}.${familyName}@corp.example`.toLowerCase().replaceAll(' ', '-').replaceAll('ä', 'ae');
    const address = { type: 'work', streetAddress: '11501 Rock Rose Ave', locality: 'Austin', region: 'TX' };
    ids.push(
      await (at % 4 === 3 ? entra : okta).create({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterprise],
        userName: email,
        externalId: `00u${at}`,
        name: { givenName, familyName },
        emails: [{ value: email, type: 'work', primary: true }],
        title: 'Researcher',
        addresses: [{ ...address, postalCode: '78758', country: 'US' }],
        [enterprise]: { department },
      }),
    );
    if (at % 2 === 0) host.advance(20 * 3600);
  }
  for (const id of ids.slice(0, 3)) await okta.patch(id, { op: 'replace', path: 'title', value: 'Fellow' });
  await okta.create({ userName: 'ada.lovelace@corp.example', emails: [] }).catch(() => undefined);
  await okta.get('/Users/99999');
  await entra.patch('77777', { op: 'replace', path: 'active', value: false });
  const shopper = await host.shopper('sam@shop.example');
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
  await entra.put(String(shopper), { schemas, userName: 'sam', emails: [{ value: 'sam@shop.example' }] });
  host.advance(3 * 3600);
  for (const id of ids.filter((_, at) => at % 4 !== 3))
    await okta.patch(id, { op: 'replace', path: 'active', value: false });
  const email = 'margaret.hamilton@corp.example';
  const margaret = await miniorange.create({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: email,
    name: { givenName: 'Margaret', familyName: 'Hamilton' },
    emails: [{ value: email, type: 'work', primary: true }],
  });
  await miniorange.patch(margaret, { op: 'replace', path: 'title', value: 'Engineer' });
  await host.records();
  await host.host.resolve(ActivityJobs).seal();
  const browser = await host.enter();
  const mapping = '/admin/connections/okta/mapping';
  const revision = /name="revision" value="(\d+)"/.exec((await browser.get(mapping)).text)?.[1] ?? '0';
  const row = {
    revision,
    type: 'direct',
    source: 'title',
    target: 'taxvat',
    apply: 'always',
    onNull: 'keep',
    enabled: '1',
  };
  await browser.send(`${mapping}/rows/new`, row);
  const file =
    'email,_website,firstname,lastname,_group\nshopper1@example.com,base,Samuel,,Wholesale\nnew@example.com,base,Nora,New,\nx@example.com,nowhere,,,';
  const upload = (await browser.send('/admin/customer-import', { content: file })).location ?? '';
  await host.host.resolve(Tasks).settled();
  const customer = Number((ids[0] ?? '1').split('-')[0]);
  const home = `/admin/customers/${customer}`;
  const connection = '/admin/connections/okta';
  // Past everything of ours, as SQL by hand is.
  await host.database.run(
    sql`UPDATE {customer_entity} SET is_active = 1, lock_expires = NULL, firstname = 'By hand' WHERE entity_id IN (${Number(ids[0])}, ${Number(ids[4])})`,
  );
  await host.host.resolve(ReconciliationRuns).run('schedule');
  const webhookPage = `/admin/webhooks/${told.id}`;
  return {
    url: host.url,
    customer,
    pages: [
      '/admin',
      '/admin/customers',
      '/admin/customers?text=ada+lovelace',
      '/admin/customers?text=nobody',
      home,
      `${home}/edit`,
      `${home}/addresses/new`,
      `${home}/delete`,
      '/admin/customer-import',
      upload,
      '/admin/connections',
      '/admin/connections/new',
      connection,
      `${connection}/guide`,
      `${connection}/policies`,
      `${connection}/activity`,
      `${connection}/groups`,
      `${connection}/selftest`,
      mapping,
      `${mapping}/rows/new`,
      `${mapping}/publish`,
      `${mapping}/impact`,
      `${mapping}/preview`,
      `${mapping}/versions`,
      `${mapping}/preset`,
      `${mapping}/copy`,
      `${mapping}/exchange`,
      `${mapping}/attributes`,
      `${connection}/delete`,
      `${connection}/webhooks`,
      '/admin/connections/entra/webhooks',
      '/admin/webhooks',
      `${connection}/api-accounts`,
      `${connection}/api-accounts/new`,
      '/admin/webhooks/new?preset=miniorange',
      webhookPage,
      `${webhookPage}/edit`,
      `${webhookPage}/deliveries/1`,
      `${webhookPage}/replay`,
      `${webhookPage}/delete`,
      '/admin/held-changes',
      '/admin/held-changes/1',
      '/admin/pending-matches',
      '/admin/reports/provisioning',
      '/admin/reports/provisioning?status=failure',
      '/admin/reports/provisioning/3',
      '/admin/reports/reconciliation',
      '/admin/reports/reconciliation/kinds/unlocked',
      '/admin/reports/reconciliation/findings/1',
      '/admin/configuration/customer',
      '/admin/configuration/admin',
      '/admin/modules',
      '/admin/users',
      '/admin/users/1',
      '/admin/roles',
      '/admin/roles/1',
      '/admin/sessions',
      '/admin/account',
      '/admin/nothing',
    ],
    async enter(page) {
      const secret = (await host.enter()).cookies.get('vestibule_admin') ?? '';
      const cookie = {
        name: 'vestibule_admin',
        value: secret,
        url: host.url,
        httpOnly: true,
        sameSite: 'Lax',
      } as const;
      await page.context().addCookies([cookie]);
    },
    close: () => host.close(),
  };
}
