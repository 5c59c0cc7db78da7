import { expect } from 'chai';
import { ActivityJobs } from '../../modules/activity/jobs/jobs.ts';
import { isAdminPage } from '../../modules/admin/http/page.ts';
import { Tasks } from '../../modules/admin/index.ts';
import conformance from '../../modules/conformance/module.ts';
import { ConnectionEditor } from '../../modules/connection/index.ts';
import { Inventory, sql } from '../../modules/framework/index.ts';
import notification from '../../modules/notification/module.ts';
import { ReconciliationRuns } from '../../modules/reconciliation/index.ts';
import reconciliation from '../../modules/reconciliation/module.ts';
import saml from '../../modules/saml/module.ts';
import storeApi from '../../modules/store-api/module.ts';
import transfer from '../../modules/transfer/module.ts';
import { HookEvents, Webhooks } from '../../modules/webhook/index.ts';
import webhook from '../../modules/webhook/module.ts';
import { type AdministeredHost, openAdministeredHost } from '../setup/administered-host.ts';
import type { TestEngine } from '../setup/databases.ts';
import type { BrowserVisitor } from './visitor.ts';

/** A store in which every page of the administration has something to show, and an address of each of them. */
export interface PageTour {
  readonly host: AdministeredHost;
  /** Somebody who may do everything. */
  readonly browser: BrowserVisitor;
  readonly paths: readonly string[];
}

/** What people, connections and tokens are called here: markup that harms wherever it is not escaped. */
export const hostile = '<img src=x onerror=alert(1)>';

/** Pages that lead on at once, files, and pages that nobody is led to while nothing waits for them. */
const aside = /^\/admin\/(login|second-factor|configuration)$|\/(export|csv)$|\.(xml|pem)$/;
/** Pages of SAML that only a set-up identity provider leads to. */
const later = /\/saml\/(certificates|keys|test)\//;
const connection = '/admin/connections/default';
/** Pages that others lead to only where there is something to be done. */
const unlinked = [
  '/admin/deleted-connections/gone',
  '/admin/customers/1',
  '/admin/configuration/admin',
  '/admin/users/1/delete',
  '/admin/roles/1/delete',
  '/admin/customers/1/activate',
  '/admin/customers/1/deactivate',
  `${connection}/tokens/new`,
  `${connection}/tokens/rotate`,
  '/admin/held-changes/1/lift',
  `${connection}/mapping/apply`,
];
/** Of what stands in an address behind the path, these make a page do more. */
const more = [
  '/admin/customers?text=mass',
  '/admin/customers?text=many+mass&state=deactivated',
  '/admin/reports/provisioning?status=failure',
  '/admin/users?text=anna',
];

/** The database has one connection, so that the rows it reads can be counted. */
export async function openPageTour(engine: TestEngine): Promise<PageTour> {
  const host = await openAdministeredHost(
    engine,
    [notification, saml, conformance, webhook, reconciliation, transfer, storeApi],
    {
      poolMax: 1,
      secondWebsite: true,
    },
  );
  await host.host.resolve(ConnectionEditor).change('default', { match: 'ask', name: hostile });
  await hearOfSomething(host);
  const users: string[] = [];
  for (let i = 0; i < 14; i++) {
    const emails = [{ value: `u${i}@example.com` }];
    const addresses = [{ streetAddress: '1 Main', locality: hostile, postalCode: '78701', country: 'US' }];
    const name = { givenName: 'A', familyName: hostile };
    const user = {
      userName: `u${i}@example.com`,
      externalId: `${hostile}${i}`,
      title: hostile,
      name,
      emails,
      addresses,
    };
    users.push(await host.scim.create(user));
  }
  await host.connect('okta', { profile: 'okta' });
  const shopper = await host.shopper('sam@shop.example', { firstname: hostile, lastname: hostile });
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
  await host.scim.put(String(shopper), { schemas, userName: 'sam', emails: [{ value: 'sam@shop.example' }] });
  host.advance(2 * 3600);
  for (const id of users) await host.scim.patch(id, { op: 'replace', path: 'active', value: false });
  const browser = await host.enter();
  await browser.send(`${connection}/tokens/rotate`, { name: hostile, overlap: 'step' });
  await browser.send(`${connection}/api-accounts/new`, { name: hostile, scope: 'store:customers' });
  await browser.send(`${connection}/invitations/new`, { name: hostile, email: 'ida@idp.example', days: '7' });
  await browser.send('/admin/customer-import', {
    content: `email,firstname,lastname\nnew@shop.example,${hostile},S\n${hostile},x,x`,
  });
  const { text } = await browser.get(`${connection}/mapping`);
  const revision = /name="revision" value="(\d+)"/.exec(text)?.[1] ?? '0';
  const row = { revision, type: 'constant', value: hostile, target: 'taxvat', apply: 'always', onNull: 'keep' };
  await browser.send(`${connection}/mapping/rows/new`, row);
  const deletion = { kind: 'provisioning.delete-connection', subject: 'gone' };
  await host.host
    .resolve(Tasks)
    .start(deletion, 'anna', async () => ({ users: 1, deactivated: 1, groups: 0, tokens: 1 }));
  await host.host.resolve(Tasks).settled();
  const records = await host.records();
  const patched = records.find(({ operation }) => operation === 'user.patch');
  await host.host.resolve(ActivityJobs).seal();
  await host.database.run(sql`UPDATE {customer_entity} SET is_active = 0 WHERE entity_id = ${Number(users[13])}`);
  await host.host.resolve(ReconciliationRuns).run('anna');
  const known = [...unlinked, `/admin/reports/provisioning/${patched?.id}`];
  return { host, browser, paths: [...(await examplesOfPages(host, browser, known)), ...more] };
}

/** A webhook, and an event that waits for it. */
async function hearOfSomething(host: AdministeredHost): Promise<void> {
  const subscription = { connectionId: 1, name: hostile, scope: 'store/*', destination: 'https://receiver.example/' };
  const event = { scope: 'store/customer/updated', data: { type: 'customer', id: 1 }, customerId: 1, websiteId: 1 };
  const happened = { ...event, cause: null, atMs: host.now().getTime() };
  await host.database.transaction((tx) => host.host.resolve(Webhooks).create(tx, subscription, host.now()));
  await host.database.transaction((tx) => host.host.resolve(HookEvents).announce(tx, [happened]));
}

/** An address for every page that is declared: those without parameters, and what their links lead to. */
export async function examplesOfPages(
  host: AdministeredHost,
  browser: BrowserVisitor,
  known: readonly string[],
): Promise<readonly string[]> {
  const declared = host.host
    .resolve(Inventory)
    .routes.flatMap(({ item }) => (isAdminPage(item) && item.path.startsWith('/admin') ? [item.path] : []))
    .filter((path) => !aside.test(path) && !later.test(path));
  const patternOf = (address: string) =>
    declared.find((path) => path === address) ??
    declared.find((path) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`).test(address));
  const found = new Map(declared.filter((path) => !path.includes(':')).map((path) => [path, path]));
  for (const address of known) found.set(patternOf(address) ?? '', address);
  for (const address of found.values()) {
    const { text } = await browser.get(address);
    for (const [, link = ''] of text.matchAll(/(?:href|action)="(\/admin[^"?#]*)/g)) {
      const pattern = patternOf(link);
      if (pattern !== undefined && !found.has(pattern)) found.set(pattern, link);
    }
  }
  expect(declared.filter((path) => !found.has(path))).to.deep.equal([]);
  return [...found.values()];
}
