import { expect } from 'chai';
import { ActivityJobs } from '../../modules/activity/jobs/jobs.ts';
import { isAdminPage } from '../../modules/admin/http/page.ts';
import { Tasks } from '../../modules/admin/index.ts';
import conformance from '../../modules/conformance/module.ts';
import { ConnectionEditor } from '../../modules/connection/index.ts';
import { countStatements, Inventory, rowsRead, sql } from '../../modules/framework/index.ts';
import notification from '../../modules/notification/module.ts';
import { ReconciliationRuns } from '../../modules/reconciliation/index.ts';
import reconciliation from '../../modules/reconciliation/module.ts';
import saml from '../../modules/saml/module.ts';
import storeApi from '../../modules/store-api/module.ts';
import transfer from '../../modules/transfer/module.ts';
import { HookEvents, Webhooks } from '../../modules/webhook/index.ts';
import webhook from '../../modules/webhook/module.ts';
import { type AdministeredHost, openAdministeredHost } from '../setup/administered-host.ts';
import { onBothEngines } from '../setup/databases.ts';
import { withFrozenClocks } from '../setup/frozen-clocks.ts';
import type { BrowserVisitor } from './visitor.ts';

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
];
/** Of what stands in an address behind the path, these make a page do more. */
const more = [
  '/admin/customers?text=mass',
  '/admin/customers?text=many+mass&state=deactivated',
  '/admin/reports/provisioning?status=failure',
  '/admin/users?text=anna',
];

onBothEngines('Every page of the administration', (engine) => {
  let host: AdministeredHost;
  let browser: BrowserVisitor;
  let paths: readonly string[];

  before(async function () {
    this.timeout(60_000);
    host = await openAdministeredHost(
      engine,
      [notification, saml, conformance, webhook, reconciliation, transfer, storeApi],
      {
        poolMax: 1,
        secondWebsite: true,
      },
    );
    await host.host.resolve(ConnectionEditor).change('default', { match: 'ask' });
    await hearOfSomething();
    const users: string[] = [];
    for (let i = 0; i < 14; i++) {
      const emails = [{ value: `u${i}@example.com` }];
      const addresses = [{ streetAddress: '1 Main', locality: 'Austin', postalCode: '78701', country: 'US' }];
      users.push(
        await host.scim.create({ userName: `u${i}@example.com`, name: { givenName: 'A' }, emails, addresses }),
      );
    }
    await host.connect('okta', { profile: 'okta' });
    const shopper = await host.shopper('sam@shop.example');
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
    await host.scim.put(String(shopper), { schemas, userName: 'sam', emails: [{ value: 'sam@shop.example' }] });
    host.advance(2 * 3600);
    for (const id of users) await host.scim.patch(id, { op: 'replace', path: 'active', value: false });
    browser = await host.enter();
    await browser.send(`${connection}/tokens/rotate`, { name: 'second', overlap: 'step' });
    await browser.send(`${connection}/api-accounts/new`, { name: 'importer', scope: 'store:customers' });
    await browser.send(`${connection}/invitations/new`, { name: 'Ida', email: 'ida@idp.example', days: '7' });
    await browser.send('/admin/customer-import', { content: 'email,firstname,lastname\nnew@shop.example,N,S\nx,x,x' });
    const { text } = await browser.get(`${connection}/mapping`);
    const revision = /name="revision" value="(\d+)"/.exec(text)?.[1] ?? '0';
    const row = { revision, type: 'constant', value: 'VIP', target: 'taxvat', apply: 'always', onNull: 'keep' };
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
    paths = [...(await examplesOfPages([...unlinked, `/admin/reports/provisioning/${patched?.id}`])), ...more];
  });
  withFrozenClocks();

  /** A webhook, and an event that waits for it. */
  async function hearOfSomething(): Promise<void> {
    const subscription = { connectionId: 1, scope: 'store/*', destination: 'https://receiver.example/' };
    const event = { scope: 'store/customer/updated', data: { type: 'customer', id: 1 }, customerId: 1, websiteId: 1 };
    const happened = { ...event, cause: null, atMs: host.now().getTime() };
    await host.database.transaction((tx) => host.host.resolve(Webhooks).create(tx, subscription, host.now()));
    await host.database.transaction((tx) => host.host.resolve(HookEvents).announce(tx, [happened]));
  }

  /** An address for every page that is declared: those without parameters, and what their links lead to. */
  async function examplesOfPages(known: readonly string[]): Promise<readonly string[]> {
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
  after(() => host?.close());

  it('asks ten statements at most', async () => {
    const found: string[] = [];
    for (const path of paths) {
      await browser.get(path);
      const counted = countStatements(host.database);
      const { status } = await browser.get(path);
      counted.stop();
      const { length } = counted.statements;
      if (status !== 200) found.push(`${path} answers ${status}`);
      // What rehearses a request asks what the request itself asks besides.
      if (length > (/\/(preview|replay)$/.test(path) ? 16 : 10))
        found.push(
          `${path} asks ${length}: ${counted.statements.map((text) => `\n  ${text.replace(/\s+/g, ' ').slice(0, 200)}`)}`,
        );
    }
    expect(found.join('\n')).to.equal('');
    expect(paths.length).to.be.above(40);
  });

  // SQLite does not say how many rows it reads.
  if (engine.name === 'mysql')
    it('reads no more rows when there are more customers', async function () {
      this.timeout(60_000);
      const read = async (): Promise<Map<string, number>> => {
        const rows = new Map<string, number>();
        for (const path of paths) rows.set(path, (await rowsRead(host.database, () => browser.get(path))) ?? 0);
        return rows;
      };
      await moreCustomers(0, 2_500);
      const few = await read();
      await moreCustomers(2_500, 6_000);
      const many = await read();
      // A rehearsed deactivation counts active customers as far as the mass-deprovision guard does, a few thousand.
      const others = paths.filter((path) => !/\/(preview|replay)$/.test(path));
      const grown = others.filter((path) => (many.get(path) ?? 0) > (few.get(path) ?? 0) + 60);
      expect(grown.map((path) => `${path}: ${few.get(path)} → ${many.get(path)}`).join('\n')).to.equal('');
    });

  /** Shoppers, every other one a user of the first connection. */
  async function moreCustomers(from: number, to: number): Promise<void> {
    for (let first = from; first < to; first += 500) {
      const numbers = Array.from({ length: 500 }, (_, i) => 10_000 + first + i);
      const run = (text: string) => host.database.run({ sql: text, values: [] });
      const rows = numbers.map((n) => `(${n}, 'mass${n}@example.com', 1, 1, 'Mass', 'Many')`).join(', ');
      await run(
        `INSERT INTO {customer_entity} (entity_id, email, website_id, group_id, firstname, lastname) VALUES ${rows}`,
      );
      await run(`INSERT INTO {customer_grid_flat} (entity_id, name, email) SELECT entity_id, 'Mass Many', email
        FROM {customer_entity} WHERE entity_id BETWEEN ${numbers[0]} AND ${numbers.at(-1)}`);
      await run(`INSERT INTO {vestibule_user} (customer_id, connection_id) SELECT entity_id, 1
        FROM {customer_entity} WHERE entity_id BETWEEN ${numbers[0]} AND ${numbers.at(-1)} AND entity_id % 2 = 0`);
      await run(`INSERT INTO {vestibule_user_document} (customer_id, connection_id, modified_at, document, shadow)
        SELECT customer_id, 1, '2024-01-01 00:00:00', '{"userName":"mass"}', '{}'
        FROM {vestibule_user} WHERE customer_id BETWEEN ${numbers[0]} AND ${numbers.at(-1)}`);
    }
    if (engine.name !== 'sqlite')
      await host.database.all(sql`ANALYZE TABLE {customer_entity}, {customer_grid_flat}, {vestibule_user}`);
  }
});
