import { expect } from 'chai';
import { countStatements } from '../../../modules/framework/index.ts';
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

  it('are shown to those whose role allows it', async () => {
    const clerk = await host.enter(['admin::users']);
    expect((await clerk.get('/admin')).text).not.to.include('Default connection');
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
