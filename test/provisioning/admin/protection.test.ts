import { expect } from 'chai';
import { CustomerGroups } from '../../../modules/customer/index.ts';
import { countStatements, sql } from '../../../modules/framework/index.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';

const list = '/admin/protected-customers';
const title = { op: 'replace', path: 'title', value: 'x' };

onBothEngines('Protecting customers in the administration', (engine) => {
  let host: AdministeredHost;
  let browser: BrowserVisitor;
  let user: string;
  let id: string;
  let page: string;
  let round = 0;
  before(async () => {
    host = await openAdministeredHost(engine);
    browser = await host.enter();
  });
  after(() => host.close());
  beforeEach(async () => {
    const email = `owner${++round}@example.com`;
    user = await host.scim.create({ userName: email, emails: [{ value: email }] });
    id = user.split('-')[0] ?? '';
    page = `/admin/customers/${id}`;
  });

  /** Presses the button on `from` that posts to `to`; answers what the page then says. */
  async function press(to: string, fields: Record<string, string> = {}, from = list): Promise<string> {
    const answer = await browser.send(from, fields, to);
    expect(answer.status).to.equal(303);
    return (await browser.get(answer.location ?? '')).text;
  }
  const changed = async () => (await host.scim.patch(user, title)).status;
  const panel = (text: string) => /<h2[^>]*>Protection<.*?<\/section>/s.exec(text)?.[0] ?? '';

  it("protects a customer on its page, says by whom, and ends it there; the customer's activity tells", async () => {
    expect((await browser.get(page)).text)
      .to.include('Connections may change this customer')
      .and.include('Protect This Customer');
    const text = await press(`${page}/protect`, {}, page);
    expect(text).to.include(`No connection may change customer ${id} any more.`);
    expect(text)
      .to.include('No connection may change this customer: protected by anna1')
      .and.include('Protect No More');
    expect(await changed()).to.equal(403);
    expect(await press(`${page}/unprotect`, {}, page)).to.include(`Customer ${id} is protected no more.`);
    expect(await changed()).to.equal(200);
    const told = (await host.records()).filter(({ operation }) => /^customer\.(un)?protect$/.test(operation));
    expect(told.slice(0, 2).map(({ operation, actor, customerId }) => [operation, actor, customerId])).to.deep.equal([
      ['customer.unprotect', 'anna1', Number(id)],
      ['customer.protect', 'anna1', Number(id)],
    ]);
  });

  it('protects a customer by its address and a customer group by its code, and lists them', async () => {
    const code = `Keys <${round}>`;
    const group = await host.database.transaction((tx) => host.host.resolve(CustomerGroups).create(tx, code));
    await host.database.run(sql`UPDATE {customer_entity} SET group_id = ${group} WHERE entity_id = ${Number(id)}`);
    expect((await browser.get(list)).text)
      .to.include('No customer group is protected')
      .and.include(`value="Keys &lt;${round}`);
    const named = await press(list, { customer: `owner${round}@example.com` });
    expect(named).to.match(new RegExp(`<a href="/admin/customers/${id}">owner${round}@example.com</a>`));
    const both = await press(list, { group: code });
    expect(both).to.include(`Keys &lt;${round}>`).and.not.include('No customer group is protected');
    expect((await browser.get(page)).text).to.include('Its customer group <strong>Keys');
    expect(await press(`${list}/customers/${id}/unprotect`)).to.include(`Customer ${id} is protected no more.`);
    expect((await browser.get(page)).text).to.include('its customer group <strong>Keys');
    expect(await changed()).to.equal(403);
    expect(await press(`${list}/groups/${group}/unprotect`)).to.include('is protected no more.');
    expect(await changed()).to.equal(200);
  });

  it('says what was wrong with a name', async () => {
    expect(await press(list, { customer: 'nobody@example.com' })).to.include(
      'There is no customer with the e-mail address',
    );
    expect(await press(list, { group: 'No such' })).to.include('There is no customer group');
    expect(await press(list, { customer: '' })).to.include('There is no customer');
    expect(await press(`${page}/unprotect`, {}, page)).to.include(`Customer ${id} was not protected itself.`);
  });

  it('pages through many', async () => {
    for (let n = 0; n < 21; n++) await host.shopper(`many${round}-${n}@example.com`);
    await host.database.run(sql`INSERT INTO {vestibule_protected_customer} (customer_id, protected_at, protected_by)
      SELECT entity_id, '2024-01-01 00:00:00', 'anna' FROM {customer_entity} WHERE email LIKE ${`many${round}-%`}`);
    const first = (await browser.get(`${list}?size=20`)).text;
    expect(first.match(/>many\d+-/g)).to.have.length(20);
    const [, next = ''] = /href="([^"]*after=[^"]*)"/.exec(first) ?? [];
    const second = (await browser.get(next.replaceAll('&amp;', '&'))).text;
    expect(second.match(/>many\d+-/g)).to.have.length(1);
    await host.database.run(sql`DELETE FROM {vestibule_protected_customer}`);
  });

  it('is for those who may; others read on a customer that it is protected, and press nothing', async () => {
    const clerk = await host.enter(['customer::view']);
    expect((await clerk.get(list)).status).to.equal(403);
    expect((await clerk.send('/admin/account', {}, `${page}/protect`)).status).to.equal(403);
    expect(panel((await clerk.get(page)).text)).to.equal('');
    await press(`${page}/protect`, {}, page);
    const seen = (await clerk.get(page)).text;
    expect(seen).to.include('protected by anna1').and.not.include('Protect No More');
    expect(seen).not.to.include(`href="${list}"`);
    await press(`${page}/unprotect`, {}, page);
  });

  it("costs a customer's page no statement", async () => {
    await press(`${page}/protect`, {}, page);
    const counted = countStatements(host.database);
    await browser.get(page);
    counted.stop();
    expect(counted.statements.filter((text) => text.includes('vestibule_protected_customer'))).to.have.length(1);
    expect(counted.statements.length).to.be.at.most(10);
  });
});
