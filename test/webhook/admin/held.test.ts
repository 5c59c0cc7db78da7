import { expect } from 'chai';
import { Continuity } from '../../../modules/framework/index.ts';
import { DeliveryJobs } from '../../../modules/webhook/delivery/background/jobs.ts';
import { HookEvents, Webhooks } from '../../../modules/webhook/index.ts';
import webhook from '../../../modules/webhook/module.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { sqlite } from '../../setup/databases.ts';
import { openReceiver, type Receiver } from './receiver.ts';

describe('The list of webhooks of a database that was brought back', () => {
  let host: AdministeredHost;
  let admin: BrowserVisitor;
  let receiver: Receiver;
  before(async () => {
    receiver = await openReceiver();
    host = await openAdministeredHost(sqlite, [webhook], {
      config: { 'webhook/security/allowed_hosts': receiver.host },
    });
    await host.database.transaction(async (tx) => {
      const destination = `http://${receiver.host}/`;
      await host.host.resolve(Webhooks).create(tx, { scope: 'store/customer/*', destination }, host.now(), 'ada');
      await host.host.resolve(HookEvents).announce(tx, [
        {
          scope: 'store/customer/created',
          data: { type: 'customer', id: 7 },
          customerId: 7,
          websiteId: 1,
          cause: null,
          atMs: host.now().getTime(),
        },
      ]);
    });
  });
  after(async () => {
    await host?.close();
    await receiver?.close();
  });

  it('says what is held and lets it go, or drops it, as an administrator decides', async () => {
    admin = await host.enter();
    expect((await admin.get('/admin/webhooks')).text).to.not.include('brought back');
    await host.host.resolve(Continuity).declare();
    // Whoever was logged in is not, any more.
    expect((await admin.get('/admin/webhooks')).status).to.equal(303);
    admin = await host.enter();
    expect((await admin.get('/admin/webhooks')).text)
      .to.include('1 delivery is held')
      .and.include('Send All');
    expect((await admin.get('/admin/webhooks/1')).text).to.include('Held');
    const answer = await admin.send('/admin/webhooks', { drop: '1' }, '/admin/webhooks/held');
    expect(answer).to.include({ status: 303, location: '/admin/webhooks' });
    expect((await admin.get('/admin/webhooks')).text)
      .to.include('1 delivery was dropped')
      .and.not.include('brought back');
    await host.host.resolve(DeliveryJobs).look();
    expect((await admin.get('/admin/webhooks/1')).text).to.include('Dropped unsent');
  });
});
