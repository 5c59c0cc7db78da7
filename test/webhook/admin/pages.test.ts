import { expect } from 'chai';
import { countStatements, sql } from '../../../modules/framework/index.ts';
import { DeliveryJobs } from '../../../modules/webhook/delivery/background/jobs.ts';
import { HookEvents, type Webhook, Webhooks } from '../../../modules/webhook/index.ts';
import webhook from '../../../modules/webhook/module.ts';
import type { BrowserVisitor } from '../../admin/visitor.ts';
import { type AdministeredHost, openAdministeredHost } from '../../setup/administered-host.ts';
import { onBothEngines } from '../../setup/databases.ts';
import { openReceiver, type Receiver } from './receiver.ts';

const hostile = '<img src=x onerror=alert(1)>';
const tab = '/admin/connections/default/webhooks';
const added = { scope: 'store/customer/*', payload: 'light', active: '1', placeholders: 'keep', website: '' };

onBothEngines('The pages of webhooks', (engine) => {
  let host: AdministeredHost;
  let admin: BrowserVisitor;
  let receiver: Receiver;
  const webhooks = () => host.host.resolve(Webhooks);
  const held = async (name: string): Promise<Webhook> => {
    const found = (await webhooks().list(host.database)).find((one) => one.name === name);
    if (!found) throw new Error(`no webhook ${name}`);
    return found;
  };
  const add = (fields: Readonly<Record<string, string | readonly string[]>>, page = '/admin/webhooks/new') =>
    admin.send(page, { ...added, ...fields }, '/admin/webhooks/new');
  /** Something that happened to each of these customers. */
  const happened = async (...customerIds: readonly number[]): Promise<void> => {
    const events = customerIds.map((customerId) => ({
      scope: 'store/customer/updated',
      data: { type: 'customer', id: customerId },
      customerId,
      websiteId: 1,
      cause: null,
      atMs: host.now().getTime(),
    }));
    await host.database.transaction((tx) => host.host.resolve(HookEvents).announce(tx, events));
  };

  before(async () => {
    receiver = await openReceiver();
    const config = { 'webhook/security/allowed_hosts': receiver.host };
    host = await openAdministeredHost(engine, [webhook], { config });
    admin = await host.enter();
  });
  after(async () => {
    await host?.close();
    await receiver?.close();
  });

  it('explain an empty tab, and fill in what miniOrange asks for', async () => {
    const { text } = await admin.get(tab);
    expect(text).to.include('Nobody is told anything yet').and.include('preset=miniorange');
    await host.connect('mo', { profile: 'miniorange' });
    const guide = await admin.get('/admin/connections/mo/guide?way=webhooks');
    expect(guide.text).to.include('Webhooks: store → miniOrange').and.include('syncusers/{customerId}');
    const form = await admin.get('/admin/webhooks/new?connection=mo&preset=miniorange');
    expect(form.text).to.include('value="app-secret"').and.include('is still in the address');
    expect((await admin.get('/admin/webhooks/new?connection=nobody')).status).to.equal(404);
    const part = await admin.get('/admin/webhooks/placeholders?destination=https%3A%2F%2Fa.example%2F%7Bnobody%7D');
    expect(part.text).to.include('Nobody here can fill in {nobody}');
  });

  it('bring the form back with what was typed, and with what is wrong at its field', async () => {
    const good = { name: 'kept', destination: receiver.url };
    for (const [field, wrong] of [
      ['destination', { destination: 'http://10.0.0.1/' }],
      ['destination', { destination: '' }],
      ['scope', { scope: 'store/nothing' }],
      ['website', { website: '77' }],
      ['headers', { headerName: ['host'], headerValue: ['a'] }],
      ['headers', { headerName: [''], headerValue: ['a'] }],
      ['headers', { headerName: ['x-a', 'x-a'], headerValue: ['a', 'b'] }],
    ] as const) {
      const { status, text } = await add({ ...good, ...wrong });
      expect([status, text.includes(`id="field-${field}-error"`)], `${field} ${JSON.stringify(wrong)}`).to.deep.equal([
        422,
        true,
      ]);
      expect(text).to.include('value="kept"');
    }
    const empty = await add({ ...good, headerName: ['x-a'], headerValue: [''] });
    expect(empty.text).to.include('The header x-a has no value.');
    expect(await webhooks().list(host.database)).to.deep.equal([]);
  });

  it('show the signing secret once, and the value of a header never', async () => {
    const fields = { name: hostile, destination: `${receiver.url}/{customerId}?a=1`, connection: 'default' };
    const made = await add({ ...fields, headerName: ['app-secret', ''], headerValue: ['s3cret', ''] });
    const { id, connectionId } = await held(hostile);
    const { secrets } = await webhooks().secretsOf(host.database, id);
    expect(connectionId).to.equal(1);
    expect(made.text).to.include(secrets[0]);
    for (const path of [tab, '/admin/webhooks', `/admin/webhooks/${id}`, `/admin/webhooks/${id}/edit`]) {
      const { status, text } = await admin.get(path);
      expect([status, text.includes(hostile)], path).to.deep.equal([200, false]);
      expect(text).to.include('&lt;img src=x').and.not.include('s3cret');
      expect(text).not.to.include(secrets[0]);
    }
    expect((await admin.get(`/admin/webhooks/${id}`)).text).to.include(
      '{customerId} in the destination is sent as it stands',
    );
  });

  it('keep a value that nobody retyped, take a new one, and drop a header without a name', async () => {
    const { id, destination } = await held(hostile);
    const page = `/admin/webhooks/${id}/edit`;
    const save = (headerName: string[], headerValue: string[]) =>
      admin.send(page, { ...added, name: 'ours', destination, payload: 'full', headerName, headerValue });
    const headers = async () => (await webhooks().secretsOf(host.database, id)).headers;
    expect((await save(['app-secret', 'x-more'], ['', 'more'])).location).to.equal(`/admin/webhooks/${id}`);
    expect(await headers()).to.deep.equal({ 'app-secret': 's3cret', 'x-more': 'more' });
    await save(['app-secret', ''], ['newer', '']);
    expect(await headers()).to.deep.equal({ 'app-secret': 'newer' });
    const { name, payload, active } = await held('ours');
    expect([name, payload, active]).to.deep.equal(['ours', 'full', true]);
  });

  it('send a test event, and show the request without secrets and the answer as text', async () => {
    receiver.answer(418, `teapot ${hostile}`);
    const { id } = await held('ours');
    const { status, text } = await admin.send(`/admin/webhooks/${id}`, {}, `/admin/webhooks/${id}/test`);
    expect([status, receiver.received.length]).to.deep.equal([200, 1]);
    expect(receiver.received[0]?.headers['app-secret']).to.equal('newer');
    expect(text).to.include('Failed 418').and.include('teapot &lt;img src=x').and.include('webhook-signature: v1,');
    expect(text).to.include('app-secret: •').and.not.include('newer');
  });

  it('log deliveries, find them by state, customer and day, and show what was answered', async () => {
    const { id } = await held('ours');
    await happened(41, 42, 43);
    receiver.answer(410, `gone ${hostile}`);
    await host.host.resolve(DeliveryJobs).look();
    const at = `/admin/webhooks/${id}`;
    const rows = async (query: string): Promise<number> =>
      ((await admin.get(`${at}?${query}`)).text.match(/<td data-label="Happened"/g) ?? []).length;
    expect(await rows('')).to.equal(3);
    expect([await rows('customer=42'), await rows('customer=99')]).to.deep.equal([1, 0]);
    const day = host.now().toISOString().slice(0, 10);
    expect([await rows(`from=${day}&to=${day}`), await rows(`from=2031-01-01`)]).to.deep.equal([3, 0]);
    expect(await rows('size=2')).to.equal(3);
    for (const query of ['from=yesterday', 'from=2031-01-02&to=2031-01-01', 'customer=ann'])
      expect((await admin.get(`${at}?${query}`)).status, query).to.equal(422);
    const [, path = ''] = /href="(\/admin\/webhooks\/\d+\/deliveries\/\d+)"/.exec((await admin.get(at)).text) ?? [];
    const { text } = await admin.get(path);
    expect(text).to.include('410').and.include('gone &lt;img src=x').and.include('msg_');
    await add({ name: 'other', destination: receiver.url });
    const { id: other } = await held('other');
    expect((await admin.get(path.replace(`/${id}/`, `/${other}/`))).status).to.equal(404);
    expect((await admin.get(`${at}/deliveries/999999`)).status).to.equal(404);
  });

  it('say why a webhook was switched off, and switch it on with one click', async () => {
    const { id } = await held('ours');
    const at = `/admin/webhooks/${id}`;
    const { active, disabledBecause } = await held('ours');
    expect([active, disabledBecause !== null]).to.deep.equal([false, true]);
    const list = await admin.get(tab);
    expect(list.text).to.include('Switched off by itself').and.include('410').and.include('Switch On Again');
    const order = async () =>
      (await admin.get('/admin/webhooks')).text.match(/>(ours|other)<\/a>/g)?.map((link) => link.slice(1, -4));
    expect(await order()).to.deep.equal(['ours', 'other']);
    expect((await admin.get('/admin')).text)
      .to.include('A webhook was switched off')
      .and.match(/light bad".*?state=disabled">A webhook was switched off/s);
    expect((await admin.get('/admin/webhooks?state=delivering')).text).not.to.include(`href="${at}"`);
    expect((await admin.send(tab, { on: '1' }, `${at}/switch`)).location).to.equal(at);
    expect(await order()).to.deep.equal(['other', 'ours']);
    expect((await held('ours')).active).to.equal(true);
    expect((await admin.get('/admin/webhooks?state=delivering')).text).to.include(`href="${at}"`);
    const fails = async (since: number | null) => {
      await host.database.run(sql`UPDATE {vestibule_webhook} SET failing_since_ms = ${since} WHERE webhook_id = ${id}`);
      host.advance(6);
      return (await admin.get('/admin')).text;
    };
    expect(await fails(1)).to.match(/light warn".*?state=failing">A webhook fails: it is tried again\./s);
    expect(await fails(null)).not.to.include('is tried again');
    await admin.send(at, { on: '0' }, `${at}/switch`);
    expect((await admin.get(at)).text).to.include('Somebody switched it off');
    await admin.send(at, { on: '1' }, `${at}/switch`);
  });

  it('replay one delivery, and a timespan of them after saying how many', async () => {
    const { id } = await held('ours');
    const at = `/admin/webhooks/${id}`;
    receiver.answer(200, 'taken');
    await happened(44, 45);
    await host.host.resolve(DeliveryJobs).look();
    const delivered = (await admin.get(`${at}?state=delivered`)).text;
    const paths = [...delivered.matchAll(/href="(\/admin\/webhooks\/\d+\/deliveries\/\d+)"/g)].map(([, path]) => path);
    expect(paths).to.have.length(2);
    const before = receiver.received.length;
    const replayed = await admin.send(paths[0] ?? '', {}, `${paths[0]}/replay`);
    expect(replayed.location).to.equal(paths[0]);
    expect((await admin.get(paths[0] ?? '')).text)
      .to.include('is sent once more')
      .and.include('Waiting');
    expect((await admin.get(`${at}/replay?state=`)).text).to.include('Replay 4 deliveries');
    const again = await admin.send(at, {}, `${paths[0]}/replay`);
    expect((await admin.get(again.location ?? '')).text).to.include('has not ended');
    await host.host.resolve(DeliveryJobs).look();
    expect(receiver.received.length).to.equal(before + 1);
    expect((await admin.get(`${at}/replay`)).text).to.include('3 deliveries match');
    expect((await admin.get(`${at}/replay?state=`)).text).to.include('Replay 5 deliveries');
    expect((await admin.get(`${at}/replay?state=&from=2031-01-01`)).text).to.include('Nothing that has ended matches');
    expect((await admin.get(`${at}/replay?from=soon`)).status).to.equal(422);
    await admin.send(`${at}/replay?state=`, { state: '', from: '', to: '', customer: '42' }, `${at}/replay`);
    expect((await admin.get(at)).text).to.include('1 delivery will be sent once more.');
  });

  it('rotate the secret with an overlap, which the page of the webhook tells', async () => {
    const { id } = await held('ours');
    const [old] = (await webhooks().secretsOf(host.database, id)).secrets;
    const made = await admin.send(`/admin/webhooks/${id}/secret`, { overlap: '24' });
    const { secrets } = await webhooks().secretsOf(host.database, id);
    expect(secrets).to.have.length(2).and.to.include(old);
    expect(made.text).to.include(secrets[0]).and.not.include(old);
    expect((await admin.get(`/admin/webhooks/${id}`)).text).to.include('A rotation is under way');
    expect((await held('ours')).oldSecretUntilMs).to.equal(host.now().getTime() + 86_400_000);
  });

  it('ask ten statements at most, however long the lists are', async () => {
    for (let n = 0; n < 30; n++)
      await host.database.transaction((tx) =>
        webhooks().create(tx, { connectionId: 1, scope: 'store/*', destination: `${receiver.url}/${n}` }, host.now()),
      );
    const first = await admin.get(tab);
    const [, next = ''] = /href="([^"]+)"[^>]*>Next/.exec(first.text) ?? [];
    const second = await admin.get(next.replaceAll('&amp;', '&'));
    const shown = [first, second].map(({ text }) => text.match(/href="\/admin\/webhooks\/\d+"/g) ?? []);
    expect(shown.map(({ length }) => length)).to.deep.equal([20, 11]);
    expect(new Set(shown.flat()).size).to.equal(31);
    const { id } = await held('ours');
    const at = `/admin/webhooks/${id}`;
    const [, delivery = ''] = /href="(\/admin\/webhooks\/\d+\/deliveries\/\d+)"/.exec((await admin.get(at)).text) ?? [];
    const acts = ['', '/edit', '/secret', '/delete', '/replay', '?state=failed&customer=42'].map((act) => at + act);
    const pages = ['/admin', tab, `${tab}?state=off`, '/admin/webhooks', '/admin/webhooks/new', delivery, ...acts];
    for (const path of [...pages, '/admin/connections/mo/guide']) {
      await admin.get(path);
      const counted = countStatements(host.database);
      const { status } = await admin.get(path);
      counted.stop();
      expect(status, path).to.equal(200);
      expect(counted.statements.length, `${path}\n${counted.statements.join('\n')}`).to.be.at.most(10);
    }
  });

  it('show those who may only look no button, and refuse them what is behind it', async () => {
    const { id } = await held('ours');
    const at = `/admin/webhooks/${id}`;
    const guest = await host.enter(['webhook::view', 'connection::view']);
    for (const path of [tab, '/admin/webhooks', at]) {
      const { status, text } = await guest.get(path);
      expect([status, /webhooks\/new|\/switch"|\/replay"|\/test"|\/edit"/.test(text)], path).to.deep.equal([
        200,
        false,
      ]);
    }
    for (const act of ['edit', 'secret', 'delete', 'replay'])
      expect((await guest.get(`${at}/${act}`)).status, act).to.equal(403);
    for (const act of ['edit', 'secret', 'delete', 'replay', 'test', 'switch'])
      expect((await guest.send(at, {}, `${at}/${act}`)).status, act).to.equal(403);
    const stranger = await host.enter(['connection::view']);
    expect((await stranger.get(at)).status).to.equal(403);
    expect((await stranger.get('/admin/connections/default')).text).not.to.include('/webhooks"');
  });

  it('say how much waits before a webhook is deleted', async () => {
    const { id } = await held('ours');
    const at = `/admin/webhooks/${id}`;
    await happened(51, 52);
    expect((await admin.get(`${at}/delete`)).text).to.include('3 deliveries still wait');
    expect((await admin.send(`${at}/delete`, {})).location).to.equal(tab);
    expect((await admin.get(tab)).text).to.include('The webhook ours is deleted.');
    expect((await admin.get(at)).status).to.equal(404);
  });
});
