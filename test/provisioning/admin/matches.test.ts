import { expect } from 'chai';
import { ConnectionEditor } from '../../../modules/connection/index.ts';
import { countStatements, sql } from '../../../modules/framework/index.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';

onBothEngines('Pending matches in the administration', (engine) => {
  let host: AdministeredHost;
  let browser: BrowserVisitor;
  let shopper: number;
  beforeEach(async () => {
    host = await openAdministeredHost(engine);
    await host.host.resolve(ConnectionEditor).change('default', { match: 'ask' });
    shopper = await host.shopper('sam@shop.example');
    expect((await write()).status).to.equal(403);
    browser = await host.enter();
  });
  afterEach(() => host.close());

  const write = () =>
    host.scim.put(String(shopper), {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: 'sam',
      emails: [{ value: 'sam@shop.example' }],
    });
  const managed = async () =>
    (await host.rows(sql`SELECT customer_id FROM {vestibule_user} WHERE customer_id = ${shopper}`)).length === 1;
  const first = async () =>
    /\/admin\/pending-matches\/(\d+)\/approve/.exec((await browser.get('/admin/pending-matches')).text)?.[1];

  it('are listed with both sides, and asked about before anything is decided', async () => {
    const { text } = await browser.get('/admin/pending-matches');
    expect(text).to.include('<strong>sam</strong>').and.include('sam@shop.example').and.include('its id');
    expect((await browser.get(`/admin/pending-matches/${await first()}/approve`)).text).to.include('one person?');
    expect((await browser.get('/admin/pending-matches/99/approve')).status).to.equal(404);
    expect((await browser.get('/admin')).text)
      .to.include('Pending matches')
      .and.include('1 customer may be somebody');
    const guarding = await host.enter(['provisioning::guard']);
    expect((await guarding.get('/admin')).text)
      .to.include('Held changes')
      .and.not.include('may be somebody');
  });

  it('let the next attempt take the customer over once they are approved', async () => {
    const id = await first();
    const { location } = await browser.send(`/admin/pending-matches/${id}/approve`, {});
    expect(location).to.equal('/admin/pending-matches');
    expect(await managed()).to.equal(false);
    expect((await write()).status).to.equal(200);
    expect(await managed()).to.equal(true);
  });

  it('keep the two apart once they are denied', async () => {
    await browser.send(`/admin/pending-matches/${await first()}/deny`, {});
    expect((await write()).status).to.equal(403);
    expect(await first()).to.equal(undefined);
    expect((await browser.get('/admin/pending-matches?state=denied')).text).to.include('Two persons');
  });

  it('are for those whose role allows it', async () => {
    const viewer = await host.enter(['connection::view']);
    expect((await viewer.get('/admin/pending-matches')).status).to.equal(403);
    expect((await browser.post(`/admin/pending-matches/${await first()}/approve`, {})).status).to.equal(403);
  });

  it('keep to ten statements', async () => {
    const count = countStatements(host.database);
    await browser.get('/admin/pending-matches');
    expect(count.statements.length).to.be.within(2, 10);
    count.stop();
  });
});
