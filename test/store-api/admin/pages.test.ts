import { expect } from 'chai';
import { Connections } from '../../../modules/connection/index.ts';
import storeApi from '../../../modules/store-api/module.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { sqlite } from '../../setup/databases.ts';
import { request } from '../importer.ts';

describe('The pages of API accounts', () => {
  let host: AdministeredHost;
  const base = '/admin/connections/mini';
  before(async function () {
    this.timeout(60_000);
    host = await openAdministeredHost(sqlite, [storeApi]);
    const mini = { code: 'mini', name: 'miniOrange', profile: 'miniorange', websiteId: 1 } as const;
    await host.database.transaction((tx) => host.host.resolve(Connections).create(tx, mini, host.now()));
  });
  after(() => host?.close());

  it('make one whose credentials are shown once, with the file to be kept', async () => {
    const browser = await host.enter();
    expect((await browser.get(`${base}/api-accounts`)).text).to.contain('No importer has access yet');
    const scope = ['store:customers', 'store:hooks'];
    const { status, text } = await browser.send(`${base}/api-accounts/new`, {
      name: 'Mini & Co',
      scope,
      expires: '90d',
    });
    expect(status).to.equal(200);
    const token = /vsb_[\w-]{58}/.exec(text)?.[0] ?? '';
    const [, name, file = ''] =
      /download="([^"]+)" href="data:text\/plain;charset=utf-8;base64,([^"]+)"|$/.exec(
        text.replace(/href="(data:[^"]+)" download="([^"]+)"/, 'download="$2" href="$1"'),
      ) ?? [];
    expect(name).to.equal('api-credentials-Mini-Co.txt');
    const credentials = Buffer.from(file, 'base64').toString();
    expect(credentials).to.contain(`ACCESS TOKEN: ${token}\r\n`).and.contain('NAME: Mini & Co\r\n');
    const path = new URL(/API PATH: (\S+)/.exec(credentials)?.[1] ?? '').pathname;
    expect((await request(`${host.url}${path}customers`, token, 'GET')).status).to.equal(200);
    const listed = (await browser.get(`${base}/api-accounts`)).text;
    expect(listed).to.contain('Mini &amp; Co').and.contain('Customers, Webhooks').and.not.contain(token);
    expect((await browser.get(base)).text, 'not among the tokens of SCIM').to.not.contain('Mini &amp; Co');
  });

  it('bring the form back with what is wrong', async () => {
    const browser = await host.enter();
    const { status, text } = await browser.send(`${base}/api-accounts/new`, { name: 'x', addresses: 'nowhere' });
    expect(status).to.equal(422);
    expect(text).to.contain('No scope was named');
  });

  it('guide a miniOrange administrator with the values of the connection', async () => {
    const browser = await host.enter();
    const { text } = await browser.get(`${base}/guide?way=store-api`);
    expect(text).to.contain('BigCommerce API').and.contain('/stores/bz4g9qxs8c/v3/hooks');
    expect(text).to.contain('BigCommerce API').and.contain('/stores/bz4g9qxs8c/v3/hooks');
    expect(text).to.not.contain('{storeApi');
  });

  it('revoke one, for who may', async () => {
    const browser = await host.enter(['store-api::view', 'connection::view']);
    const { text } = await browser.get(`${base}/api-accounts`);
    expect(text).to.contain('Mini &amp; Co').and.not.contain('/revoke').and.not.contain('Create API Account');
    const manager = await host.enter();
    const path = /\/admin\/connections\/mini\/api-accounts\/\w+\/revoke/.exec(
      (await manager.get(`${base}/api-accounts`)).text,
    )?.[0];
    expect((await browser.get(path ?? '')).status).to.equal(403);
    expect((await manager.send(path ?? '', {})).location).to.contain('/api-accounts');
    expect((await manager.get(`${base}/api-accounts`)).text).to.contain('Revoked');
    expect((await manager.get('/admin/connections/default/api-accounts/nobody12/revoke')).status).to.equal(404);
  });
});
