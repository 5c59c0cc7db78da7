import { expect } from 'chai';
import { Activities } from '../../../modules/activity/index.ts';
import { ActivityJobs } from '../../../modules/activity/jobs/jobs.ts';
import { ConnectionEditor } from '../../../modules/connection/index.ts';
import { countStatements, sql } from '../../../modules/framework/index.ts';
import notification from '../../../modules/notification/module.ts';
import saml from '../../../modules/saml/module.ts';
import storeApi from '../../../modules/store-api/module.ts';
import { HookEvents, Webhooks } from '../../../modules/webhook/index.ts';
import webhook from '../../../modules/webhook/module.ts';
import { scimClient } from '../../provisioning/client.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';

const connection = '/admin/connections/default';
const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group';

onBothEngines("miniOrange's guide, where there is everything that it can tell of", (engine) => {
  let host: AdministeredHost;
  before(async () => {
    host = await openAdministeredHost(engine, [notification, saml, webhook, storeApi]);
    await host.host.resolve(ConnectionEditor).change('default', { profile: 'miniorange' });
    const browser = await host.enter();
    await makeGroup('Gold');
    // As many kinds of strangers as there are: each is a range of its own.
    await scimClient(`${host.url}/scim/v2`, 'vsb_nobody').get('/Users');
    await written();
    await host.host.resolve(ActivityJobs).seal();
    await deliverTo('https://login.xecurify.com/moas/hook', 'https://receiver.example/');
    // A record that waits for its seal, and a token that waits for its first use. No record tells of a user.
    await makeGroup('Silver');
    await written();
    await browser.send(`${connection}/tokens/rotate`, { name: 'next', overlap: 'step' });
    await browser.send(`${connection}/api-accounts/new`, { name: 'importer', scope: 'store:customers' });
    await browser.send(`${connection}/invitations/new`, { name: 'Ida', email: 'ida@idp.example', days: '7' });
  });
  after(() => host.close());

  const written = () => host.host.resolve(Activities).flush();
  const makeGroup = (displayName: string) => host.scim.send('POST', '/Groups', { schemas: [groupSchema], displayName });

  /** A webhook to each of these, and an event that has reached them. */
  async function deliverTo(...destinations: readonly string[]): Promise<void> {
    const [webhooks, now] = [host.host.resolve(Webhooks), host.now()];
    const event = { scope: 'store/customer/updated', data: { type: 'customer', id: 1 }, customerId: 1, websiteId: 1 };
    await host.database.transaction(async (tx) => {
      for (const destination of destinations)
        await webhooks.create(tx, { connectionId: 1, name: destination, scope: 'store/*', destination }, now);
    });
    await host.database.transaction((tx) =>
      host.host.resolve(HookEvents).announce(tx, [{ ...event, cause: null, atMs: now.getTime() }]),
    );
    await host.database.run(sql`UPDATE {vestibule_webhook_delivery} SET state = 'delivered'`);
  }

  /** How many steps of each way are ticked: what is not asked for cannot be told. */
  const ticked = { '': 4, saml: 2, webhooks: 5, 'store-api': 2 };
  for (const [way, ticks] of Object.entries(ticked))
    it(`asks ten statements at most${way && ` on the way "${way}"`}, and ticks what is done`, async () => {
      const browser = await host.enter();
      const path = `${connection}/guide${way && `?way=${way}`}`;
      await browser.get(path);
      const counted = countStatements(host.database);
      const { status, text } = await browser.get(path);
      counted.stop();
      expect(status).to.equal(200);
      expect(text).to.include('Ida').and.include('Gold').and.include('Silver').and.include('class="arrivals stranger"');
      expect(counted.statements.length, counted.statements.join('\n')).to.be.at.most(10);
      expect(text.match(/class="tick is-ticked"/g) ?? []).to.have.length(ticks);
    });
});
