import { expect } from 'chai';
import { MappingVersions } from '../../../modules/attribute-mapping/index.ts';
import { Connections } from '../../../modules/connection/index.ts';
import { countStatements, sql } from '../../../modules/framework/index.ts';
import notification from '../../../modules/notification/module.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';

const hostile = '<img src=x onerror=alert(1)>';

onBothEngines("A customer's page in the administration", (engine) => {
  let host: AdministeredHost;
  let browser: BrowserVisitor;
  let managed: string;
  let shopper: string;
  let round = 0;
  before(async () => {
    host = await openAdministeredHost(engine, [notification], {
      config: { 'web/secure/base_url': 'https://www.shop.example/' },
    });
    browser = await host.enter();
  });
  beforeEach(async () => {
    round++;
    await host.database.run(sql`DELETE FROM {vestibule_mail}`);
    const id = await host.scim.create({
      userName: `ada${round}`,
      name: { givenName: 'Ada', familyName: 'Love' },
      emails: [{ value: `ada${round}@example.com` }],
      addresses: [{ streetAddress: '1 Main', locality: hostile, region: 'Texas', postalCode: '78701', country: 'US' }],
    });
    managed = `/admin/customers/${id.split('-')[0]}`;
    shopper = `/admin/customers/${await host.shopper(`evil${round}@example.com`, { firstname: hostile })}`;
  });
  after(() => host.close());

  const row = (path: string) => host.customer(path.split('/').at(-1) ?? '');

  it('tells who manages it, its attributes, addresses, group, activity and onboarding', async () => {
    const { status, text } = await browser.get(managed);
    expect(status).to.equal(200);
    expect(text).to.include('no attribute is locked');
    expect(text).to.include('Managed by').and.include('1 Main').and.include('General').and.include('Not invited');
    expect(text)
      .to.match(/href="\/admin\/reports\/provisioning\/\d+"/)
      .and.include('user.create');
    const store = (await browser.get(shopper)).text;
    expect(store).not.to.include('Managed by');
    for (const page of [text, store]) expect(page).to.include('&lt;img src=x').and.not.include('<img src=x');
    expect((await browser.get('/admin/customers/999999')).status).to.equal(404);
    expect((await browser.get('/admin/customers/x')).status).to.equal(404);
  });

  it('names the owner of attributes that the mapping locks', async () => {
    const connection = await host.host.resolve(Connections).byCode(host.database, 'default');
    if (!connection) throw new Error('no connection');
    const versions = host.host.resolve(MappingVersions);
    const { document } = await versions.inEffect(host.database, connection);
    const rows = document.rows.map((row) => (row.target === 'lastname' ? { ...row, locked: true } : row));
    await host.database.transaction(async (tx) => {
      const given = { revision: 0, author: 'anna' };
      const { revision } = await versions.saveDraft(tx, connection, { ...document, rows }, given, host.now());
      await versions.publishDraft(tx, connection, { revision, author: 'anna' }, host.now());
    });
    host.advance(6);
    const { text } = await browser.get(managed);
    const ownerOf = (code: string) =>
      new RegExp(`<code class="muted">${code}</code></th><td>.*?</td><td>(.*?)</td>`).exec(text)?.[1];
    expect(ownerOf('lastname')).to.include(connection.name);
    expect(ownerOf('firstname')).to.include('the store');
  });

  it("lists the identity provider's groups that somebody is in, that first which decides the customer group", async () => {
    expect((await browser.get(managed)).text).not.to.include('Groups of the identity provider');
    const value = managed.split('/').at(-1) ?? '';
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group'];
    const make = async (displayName: string, members: readonly { value: string }[]) => {
      const { json } = await host.scim.send('POST', '/Groups', { schemas, displayName, members });
      return String(json.id);
    };
    const inner = await make(`Inner ${round} ${hostile}`, [{ value }]);
    await make(`Above ${round}`, [{ value: inner }]);
    await host.database.run(sql`UPDATE {vestibule_group} SET customer_group_id = NULL, priority = 5`);
    await host.database.run(
      sql`UPDATE {vestibule_group} SET customer_group_id = 2, priority = 9 WHERE display_name = ${`Above ${round}`}`,
    );
    const { text } = await browser.get(managed);
    const panel = /Groups of the identity provider.*?<\/section>/s.exec(text)?.[0] ?? '';
    expect(panel).to.match(/Above \d+<.*?through another group.*?decides the customer group.*?priority 9.*?Inner/s);
    expect(panel).to.include('/admin/connections/default/groups').and.include('&lt;img').and.not.include('<img');
    const counted = countStatements(host.database);
    await browser.get(managed);
    counted.stop();
    expect(counted.statements.length, counted.statements.join('\n')).to.be.within(1, 10);
    // A group that was emptied has rows that wait to be removed.
    await host.database.run(sql`UPDATE {vestibule_group} SET generation = generation + 1`);
    expect((await browser.get(managed)).text).not.to.include('Groups of the identity provider');
  });

  it('deactivates for real after it has asked, activates again, and records who did', async () => {
    expect((await browser.get(`${managed}/deactivate`)).text)
      .to.include('Deactivate Ada Love?')
      .and.include('manages this customer');
    expect(await row(managed)).to.include({ is_active: 1 });
    expect((await browser.send(`${managed}/deactivate`, {})).location).to.equal(managed);
    expect(await row(managed)).to.include({ is_active: 0, lock_expires: '2038-01-01 00:00:00' });
    const after = (await browser.get(managed)).text;
    expect(after).to.include('was deactivated').and.include('Activate …').and.include('customer.deactivate');
    expect((await host.records())[0]).to.include({ operation: 'customer.deactivate', actor: 'anna1' });
    await browser.send(`${managed}/deactivate`, {});
    expect((await browser.get(managed)).text).to.include('deactivated already');
    await browser.send(`${managed}/activate`, {});
    expect(await row(managed)).to.include({ is_active: 1, lock_expires: null });
    expect((await browser.post(`${managed}/deactivate`, {})).status).to.equal(403);
    expect(await row(managed)).to.include({ is_active: 1 });
    expect((await browser.send(`${managed}/deactivate`, {}, '/admin/customers/999999/deactivate')).status).to.equal(
      404,
    );
  });

  it('sends the activation mail to one and to those that are picked, after it has asked', async () => {
    const mails = async () => (await host.row<{ n: number }>(sql`SELECT COUNT(*) AS n FROM {vestibule_mail}`)).n;
    expect((await browser.get(`${managed}/invite`)).text).to.include('Send the activation mail to 1 customer?');
    const id = managed.split('/').at(-1) ?? '';
    const other = shopper.split('/').at(-1) ?? '';
    const gone = String(await host.shopper('gone@example.com', { is_active: 0 }));
    const asked = await browser.send('/admin/customers', { customer: [id, other, gone] }, '/admin/customers/invite');
    expect(asked.text)
      .to.include('to 2 customers?')
      .and.include('1 customer will get none:')
      .and.include(`gone@example.com (customer ${gone}) is deactivated`);
    expect(await mails()).to.equal(0);
    const customers = [id, other, gone].join(',');
    await browser.send(`${managed}/invite`, { confirmed: '1', customers }, '/admin/customers/invite');
    expect(await mails()).to.equal(2);
    const grid = (await browser.get('/admin/customers')).text;
    expect(grid).to.include('2 mails were queued. 1 customer got none.').and.include('Mail queued');
    await browser.send('/admin/customers', { confirmed: '1', customers: id }, '/admin/customers/invite');
    expect((await browser.get(managed)).text).to.include('has a mail waiting already');
    expect((await browser.get(`${managed}/invite`)).text)
      .to.include('Nobody can be sent the activation mail')
      .and.include('has a mail waiting already');
    expect((await browser.send('/admin/customers', {}, '/admin/customers/invite')).location).to.equal(
      '/admin/customers',
    );
  });
  it('sends a welcome by the same boxes, and says who has a password already', async () => {
    const id = managed.split('/').at(-1) ?? '';
    const grid = (await browser.get('/admin/customers')).text;
    expect(grid.match(/id="picked-customers"/g)).to.have.length(1);
    expect(grid).to.match(/<form method="post" action="\/admin\/customers\/invite" id="picked-customers"/);
    expect(grid).to.match(/form="picked-customers"[^>]* formaction="\/admin\/customers\/welcome"/);
    await host.database.run(sql`UPDATE {customer_entity} SET password_hash = 'x' WHERE entity_id = ${Number(id)}`);
    const known = await browser.send('/admin/customers', { customer: id }, '/admin/customers/invite');
    expect(known.text).to.include('The customer has a password already');
    const asked = await browser.send('/admin/customers', { customer: id }, '/admin/customers/welcome');
    expect(asked.text).to.include('Send the welcome mail to 1 customer?').and.not.include('password already');
    await browser.send('/admin/customers', { confirmed: '1', customers: id }, '/admin/customers/welcome');
    expect((await host.row<{ template: string }>(sql`SELECT template FROM {vestibule_mail}`)).template).to.equal(
      'notification.welcome',
    );
    expect((await host.records())[0]).to.include({ operation: 'customer.welcome', actor: 'anna1' });
  });
});
