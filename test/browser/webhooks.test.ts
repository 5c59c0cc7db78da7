import { expect } from 'chai';
import { ChangePump } from '../../modules/change-capture/index.ts';
import { DeliveryJobs, Webhooks } from '../../modules/webhook/index.ts';
import webhook from '../../modules/webhook/module.ts';
import { type AdministeredHost, openAdministeredHost } from '../setup/administered-host.ts';
import { sqlite } from '../setup/databases.ts';
import { openReceiver, type Receiver } from '../webhook/admin/receiver.ts';
import { openSession } from './administration.ts';
import { expectNoFaults, openBrowser, type TabOptions, type TestBrowser } from './browser.ts';
import { faultsOf } from './looks.ts';

const hostile = '<img src=x onerror=alert(1)>';

describe('In a browser, webhooks', function () {
  this.timeout(60_000);
  let host: AdministeredHost;
  let browser: TestBrowser;
  let receiver: Receiver;
  before(async function () {
    this.timeout(900_000);
    receiver = await openReceiver();
    receiver.answer(200, `taken ${hostile}`);
    host = await openAdministeredHost(sqlite, [webhook], {
      config: { 'webhook/security/allowed_hosts': receiver.host },
    });
    browser = await openBrowser(host.url);
  });
  after(async () => {
    await browser?.close();
    await host?.close();
    await receiver?.close();
  });

  const enter = async (options?: TabOptions) =>
    openSession(browser, host.url, (await host.enter()).cookies.get('vestibule_admin') ?? '', options);
  /** What has happened in the store goes out. */
  const deliver = async (): Promise<void> => {
    await host.host.resolve(ChangePump).pump();
    await host.host.resolve(DeliveryJobs).look();
  };

  for (const javaScriptEnabled of [true, false])
    it(`one is made, tried out, told of a customer and told again, ${javaScriptEnabled ? 'with' : 'without'} scripts`, async () => {
      const tab = await enter({ javaScriptEnabled });
      const { page } = tab;
      const first = receiver.received.length;
      await page.goto('/admin/connections/default');
      await page.getByRole('link', { name: 'Webhooks' }).last().click();
      await page.getByRole('link', { name: 'Add Webhook' }).click();
      await page.getByLabel('Name', { exact: true }).fill(`${hostile} ${javaScriptEnabled}`);
      await page.getByLabel('Destination').fill(`${receiver.url}/{customerId}`);
      await page.getByLabel('Name of header 1').fill('app-secret');
      if (javaScriptEnabled) await page.getByLabel('Fill in at each delivery').check();
      await page.getByRole('button', { name: 'Add Webhook' }).click();
      await page.getByRole('link', { name: /The header app-secret has no value/ }).waitFor();
      await page.getByLabel('Value of header 1').fill('s3cret');
      if (!javaScriptEnabled) await page.getByLabel('Fill in at each delivery').check();
      await page.getByRole('button', { name: 'Add Webhook' }).click();
      expect(await page.getByLabel('Signing Secret').inputValue()).to.match(/^whsec_/);
      await page.getByRole('link', { name: 'Done' }).click();
      await page.getByRole('button', { name: 'Send Test Event' }).click();
      await page.getByText('The receiver took it').waitFor();
      expect(await page.locator('#test-answer').innerText()).to.equal(`taken ${hostile}`);
      expect(receiver.received[first]?.headers['app-secret']).to.equal('s3cret');

      const id = await host.shopper(`sam-${javaScriptEnabled}@shop.example`);
      await deliver();
      await page.getByRole('link', { name: /Webhooks of/ }).click();
      await page.getByRole('link', { name: `${hostile} ${javaScriptEnabled}` }).click();
      await page.getByRole('cell', { name: 'Delivered 200' }).waitFor();
      await page.locator('#deliveries tbody td[data-label="Happened"] a').click();
      await page.getByText('A customer was created').waitFor();
      await page.getByRole('button', { name: 'Replay' }).click();
      await page.getByText('is sent once more').waitFor();
      await deliver();
      const sent = receiver.received.slice(first).filter(({ path }) => path === `/${id}`);
      expect(new Set(sent.map(({ headers }) => headers['webhook-id'])).size).to.equal(1);
      expect(sent).to.have.length.of.at.least(2);
      expect(await page.locator('img').count()).to.equal(0);
      expectNoFaults(tab);
      await tab.close();
    });

  it('every page is whole, and axe finds nothing serious', async () => {
    const destination = `https://receiver.example/${'very-long-'.repeat(120)}{customerId}`;
    const long = {
      connectionId: 1,
      name: 'W'.repeat(200),
      scope: 'store/*',
      destination,
      headers: { [`x${'-y'.repeat(50)}`]: 'v' },
    };
    const made = await host.database.transaction((tx) => host.host.resolve(Webhooks).create(tx, long, host.now()));
    const at = `/admin/webhooks/${made.webhook.id}`;
    const tab = await enter();
    for (const path of [
      '/admin/connections/default/webhooks',
      '/admin/webhooks/new?preset=miniorange',
      '/admin/webhooks/1',
      '/admin/webhooks/1/deliveries/1',
      at,
      `${at}/edit`,
      `${at}/replay`,
    ]) {
      const answer = await tab.page.goto(path);
      expect(answer?.status(), path).to.equal(200);
      expect(await faultsOf(tab.page)).to.deep.equal([]);
    }
    expectNoFaults(tab);
    await tab.close();
  });
});
