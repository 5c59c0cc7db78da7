import { expect } from 'chai';
import { Connections, Tokens } from '../../../modules/connection/index.ts';
import { countStatements, sql, sqlTimestamp } from '../../../modules/framework/index.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';

onBothEngines('Connections on the dashboard', (engine) => {
  let host: AdministeredHost;
  beforeEach(async () => {
    host = await openAdministeredHost(engine);
  });
  afterEach(() => host.close());

  const done = (text: string, step: string): boolean =>
    new RegExp(`<li class="is-done">(?:(?!</li>).)*${step}`).test(text);

  it('are told by their health, and tick the first steps as they are taken', async () => {
    const browser = await host.enter();
    const before = (await browser.get('/admin')).text;
    expect(before).to.include('Default connection').and.include('Waiting');
    expect(done(before, 'Connect your identity provider')).to.equal(false);
    await host.connect('okta');
    const connected = (await browser.get('/admin')).text;
    expect(done(connected, 'Connect your identity provider')).to.equal(true);
    expect(done(connected, 'See the first user arrive')).to.equal(false);
    await host.scim.create({ userName: 'mia@example.com' });
    const after = (await browser.get('/admin')).text;
    expect(after).to.match(/1 user[^s]/);
    expect(done(after, 'See the first user arrive')).to.equal(true);
  });

  it('are the light at the top: green, or what needs somebody, the worst first', async () => {
    const light = async () =>
      /<section class="card wide light (\w+)".*?<\/section>/s.exec((await browser.get('/admin')).text) ?? [''];
    let browser = await host.enter();
    expect((await light())[1]).to.equal('good');
    expect((await light())[0]).to.include('All is well');
    const okta = await host.connect('okta');
    expect((await light())[1]).to.equal('good');
    await okta.get('/Users/99999');
    await host.records();
    const [failing, tone] = await light();
    expect(tone).to.equal('warn');
    expect(failing)
      .to.include('One thing needs you')
      .and.include('1 request of okta was refused or failed within a day');
    expect(failing).to.include('/admin/reports/provisioning?application=okta&amp;status=failure');
    await host.database.transaction(async (tx) => {
      const connection = await host.host.resolve(Connections).byCode(tx, 'okta');
      const expiresAt = new Date(host.now().getTime() + 60 * 86_400_000);
      if (connection) await host.host.resolve(Tokens).issue(tx, connection, { name: 'quarter', expiresAt }, host.now());
    });
    const card = async () => /Expiring Tokens.*?<\/section>/s.exec((await browser.get('/admin')).text)?.[0];
    expect(await card()).to.include('None ends within 30 days');
    host.advance(47 * 86_400);
    browser = await host.enter();
    expect((await light())[0]).to.include('The token &quot;quarter&quot; of okta ends within 14 days: rotate it.');
    expect(await card())
      .to.include('/admin/connections/okta/tokens/rotate')
      .and.include('quarter');
    host.advance(12.5 * 86_400);
    browser = await host.enter();
    expect((await light())[1]).to.equal('bad');
    host.advance(86_400);
    browser = await host.enter();
    await host.database.run(sql`UPDATE {vestibule_connection_token} SET revoked_at = ${sqlTimestamp(host.now())}`);
    host.advance(6);
    const [dead] = await light();
    expect(dead).to.include('okta has no token that works').and.not.include('Default connection has no token');
    expect(await card()).to.equal(undefined);
  });

  it('are shown to those whose role allows it', async () => {
    const clerk = await host.enter(['admin::users']);
    expect((await clerk.get('/admin')).text)
      .not.to.include('Default connection')
      .and.not.include('aria-label="Health"');
  });

  it('cost the same however many there are', async () => {
    const browser = await host.enter();
    const count = countStatements(host.database);
    const cost = async () => {
      await browser.get('/admin');
      count.reset();
      await browser.get('/admin');
      return count.statements.filter((text) => /vestibule_(connection|user|guard|match)/.test(text)).length;
    };
    const few = await cost();
    for (let at = 0; at < 10; at++) await host.connect(`more-${at}`);
    expect(await cost()).to.equal(few);
    expect(few).to.be.within(2, 4);
    count.stop();
  });
});
