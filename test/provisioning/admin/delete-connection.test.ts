import { expect } from 'chai';
import { Tasks } from '../../../modules/admin/index.ts';
import { ConnectionError } from '../../../modules/connection/index.ts';
import { ConnectionDepartures } from '../../../modules/provisioning/index.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';

onBothEngines('Deleting a connection in the administration', (engine) => {
  let host: AdministeredHost;
  let browser: BrowserVisitor;
  beforeEach(async () => {
    host = await openAdministeredHost(engine);
    await host.connect('other');
    await host.scim.create({ userName: 'mia@example.com' });
    browser = await host.enter();
  });
  afterEach(() => host.close());

  it('is offered on the page of policies to those who may', async () => {
    const link = 'href="/admin/connections/default/delete"';
    expect((await browser.get('/admin/connections/default/policies')).text).to.include(link);
    const viewer = await host.enter(['connection::view', 'connection::manage']);
    expect((await viewer.get('/admin/connections/default/policies')).text).not.to.include(link);
    expect((await viewer.get('/admin/connections/default/delete')).status).to.equal(403);
  });

  it('asks what becomes of the customers, and shows what would happen without doing it', async () => {
    const { text } = await browser.get('/admin/connections/default/delete');
    expect(text).to.include('value="keep"').and.include('value="deactivate"').and.include('value="transfer:other"');
    const dry = await browser.get('/admin/connections/default/delete?customers=deactivate');
    expect(dry.text.replace(/<[^>]*>/g, ' ')).to.match(/Customers deactivated\s+1\s/);
    expect(dry.text).to.include('name="customers" value="deactivate"');
    expect((await host.scim.get('/Users')).json.totalResults).to.equal(1);
    expect((await browser.get('/admin/connections/none/delete')).status).to.equal(404);
  });

  it('says why a transfer is refused before anything is done', async () => {
    const { status, text } = await browser.get('/admin/connections/default/delete?customers=transfer:default');
    expect(status).to.equal(422);
    expect(text).to.include('itself');
  });
});

onBothEngines('A deletion that was confirmed', (engine) => {
  it('is done as it was asked for, and its refusal is told', async () => {
    const asked: object[] = [];
    const departures: ConnectionDepartures = {
      async delete(deletion) {
        asked.push(deletion);
        if (deletion.customers.kind === 'transfer') throw new ConnectionError('TRANSFER_REFUSED', 'Names collide.');
        const none = { users: 3, tombstones: 0, groups: 0, deactivated: 2, protected: 0, tokens: 1, belongings: {} };
        return { ...none, code: deletion.code, customers: 'deactivate', dryRun: deletion.dryRun };
      },
    };
    const host = await openAdministeredHost(engine, [], { override: [[ConnectionDepartures, departures]] });
    try {
      const browser = await host.enter();
      const page = '/admin/connections/default/delete';
      const send = (customers: string) => browser.send(`${page}?customers=keep`, { customers }, page);
      expect((await send('deactivate')).location).to.equal('/admin/deleted-connections/default');
      await host.host.resolve(Tasks).settled();
      expect(asked.at(-1)).to.deep.equal({ code: 'default', customers: { kind: 'deactivate' }, dryRun: false });
      const { text } = await browser.get('/admin/deleted-connections/default');
      expect(text).to.include('The connection default is deleted').and.include('2 customers').and.include('anna1');
      expect((await browser.get('/admin/deleted-connections/none')).status).to.equal(404);
      expect((await send('transfer:other')).location).to.equal(page);
      expect((await browser.get(page)).text).to.include('Names collide.');
      const before = asked.length;
      expect((await send('burn')).location).to.equal(page);
      expect(asked.slice(before).filter((one) => !(one as { dryRun: boolean }).dryRun)).to.deep.equal([]);
    } finally {
      await host.close();
    }
  });
});
