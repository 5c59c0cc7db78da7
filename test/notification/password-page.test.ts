import { expect } from 'chai';
import { type CapturedChange, ChangePump, ChangesCaptured } from '../../modules/change-capture/index.ts';
import { Pulse } from '../../modules/connection/index.ts';
import { Customers, lockOutColumns, Passwords, ResetTokens } from '../../modules/customer/index.ts';
import { countStatements, defineModule, observe, sql } from '../../modules/framework/index.ts';
import { Onboarding } from '../../modules/notification/index.ts';
import { part } from '../mail/smtp-server.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type NotificationRoom, openNotificationRoom } from './room.ts';

const path = '/customer/account/createPassword';
const good = 'Tandem-Kettle-42';

interface Answered {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

onBothEngines("This host's page that sets a password", (engine) => {
  let room: NotificationRoom;
  const captured: CapturedChange[] = [];
  before(async () => {
    const receiver = defineModule({
      name: 'receiver',
      version: '1.0.0',
      host: '^1',
      sequence: ['change-capture'],
      observers: [
        observe(ChangesCaptured, {
          id: 'receiver.captured',
          when: 'transaction',
          inject: {},
          handle: ({ changes }) => void captured.push(...changes),
        }),
      ],
    });
    room = await openNotificationRoom(engine, {
      secondWebsite: true,
      modules: [receiver],
      override: [[Pulse, { milliseconds: () => room?.now().getTime() ?? 0 }]],
    });
  });
  beforeEach(async () => {
    await room.clear();
    await room.set('web/secure/base_url', '');
  });
  after(() => room.close());

  async function ask(at: string, form?: Readonly<Record<string, string>>): Promise<Answered> {
    const init = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) };
    const response = await fetch(room.url + at, { ...init, redirect: 'manual' });
    return { status: response.status, text: await response.text(), headers: response.headers };
  }
  const issue = (id: number) =>
    room.database.transaction((tx) => room.host.resolve(ResetTokens).issue(tx, id, room.now()));
  const open = (id: number | string, token: string) => ask(`${path}?id=${id}&token=${token}`);
  const send = (id: number | string, token: string, password = good, again = password) =>
    ask(path, { id: String(id), token, password, password_confirmation: again });
  const verifies = (id: number, password = good) => room.host.resolve(Passwords).verify(room.database, id, password);
  const stateOf = async (id: number) =>
    (await room.host.resolve(Onboarding).of(room.database, [id], room.now())).get(id)?.state;

  it('is where the mail leads while nobody has said where the store is; its whole way works', async () => {
    await room.policy({ name: 'Acme Okta', policy: { welcomeMail: 'activation' } });
    const id = Number(await room.scim.create({ userName: 'ann', emails: [{ value: 'ann@work.example' }] }));
    await room.look();
    const mail = room.server.mails[0];
    const [link = ''] = /http:\S+createPassword\S+/.exec(mail ? part(mail, 'text/plain') : '') ?? [];
    expect(link).to.match(/^http:\/\/vestibule\.test\/customer\/account\/createPassword\?token=\w{32}&id=\d+$/);
    const opened = await ask(link.replace('http://vestibule.test', ''));
    expect(opened.status).to.equal(200);
    expect(opened.text)
      .to.contain('<p class="shop" dir="auto">Tea &amp; Sons</p>')
      .and.contain('ann@work.example')
      .and.contain('At least 8 characters');
    expect(await stateOf(id)).to.equal('opened');
    const token = new URL(link).searchParams.get('token') ?? '';
    const set = await send(id, token);
    expect([set.status, set.headers.get('location')]).to.deep.equal([303, `${path}/done?store=1`]);
    expect(await verifies(id)).to.equal(true);
    expect(await stateOf(id)).to.equal('done');
    expect((await ask(`${path}/done?store=1`)).text)
      .to.contain('Your password is set')
      .and.contain('Tea &amp; Sons');
    expect((await open(id, token)).status, 'the link is used up').to.equal(410);
    const [record] = await room.records();
    expect(record).to.include({ operation: 'customer.set-password', outcome: 'done', customerId: id });
    expect(record?.changed).to.deep.equal(['password']);
    expect(JSON.stringify([await room.records(), room.logged]))
      .not.to.contain(good)
      .and.not.contain(token);
  });

  it('tells nobody where it stands, keeps nothing and loads nothing from elsewhere', async () => {
    const id = await room.shopper('sam@home.example');
    for (const { headers, text } of [await open(id, await issue(id)), await open(id, 'x'.repeat(32))]) {
      expect(headers.get('referrer-policy')).to.equal('no-referrer');
      expect(headers.get('cache-control')).to.equal('no-store');
      expect(headers.get('x-robots-tag')).to.equal('noindex');
      expect(headers.get('content-security-policy'))
        .to.contain("default-src 'none'")
        .and.contain("frame-ancestors 'none'")
        .and.not.contain('unsafe');
      const loaded = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, at = '']) => at);
      for (const at of loaded)
        expect(at).to.match(/^(?:data:,|\/customer\/account\/createPassword\/~assets\/\w{12}\/)/);
      for (const at of loaded.slice(1)) expect((await ask(at)).status).to.equal(200);
    }
    expect((await ask(`${path}/~assets/x/..%2fmodule.ts`)).status).to.equal(404);
  });

  it('uses nothing up when it is opened, however often, and a HEAD opens nothing', async () => {
    const id = await room.shopper('sam@home.example');
    const token = await issue(id);
    await fetch(`${room.url}${path}?id=${id}&token=${token}`, { method: 'HEAD' });
    expect(await stateOf(id)).to.equal('sent');
    for (let n = 0; n < 3; n++) expect((await open(id, token)).status).to.equal(200);
    expect(await stateOf(id)).to.equal('opened');
    expect((await send(id, token)).status).to.equal(303);
  });

  it('answers the same to a wrong token, an unknown customer, an ended link and whoever may not log in', async () => {
    const late = await room.shopper('tim@home.example');
    const lateToken = await issue(late);
    room.advance(2 * 3_600);
    const second = await room.shopper('bea@home.example', {}, 2);
    await room.set('general/store_information/name', 'The second', { store: 2 });
    await issue(second);
    const locked = await room.shopper('lou@home.example');
    const lockedToken = await issue(locked);
    const { is_active, lock_expires } = lockOutColumns(room.now());
    await room.database.run(
      sql`UPDATE {customer_entity} SET is_active = ${is_active}, lock_expires = ${lock_expires} WHERE entity_id = ${locked}`,
    );
    const wrong = 'A'.repeat(32);
    const cases: [number, string][] = [
      [second, wrong],
      [999_999, wrong],
      [late, lateToken],
      [locked, lockedToken],
    ];
    const answers = new Set<string>();
    for (const [id, token] of cases)
      for (const { status, text } of [await open(id, token), await send(id, token)])
        answers.add(`${status} ${text.replaceAll(`value="${id}"`, 'ID').replaceAll(token, 'TOKEN')}`);
    expect([...answers]).to.have.length(1);
    expect([...answers][0])
      .to.match(/^410 /)
      .and.contain('This link no longer works')
      .and.contain('Tea &amp; Sons');
    expect(await verifies(locked)).to.equal(false);
    const cost = async (id: number) => {
      const counted = countStatements(room.database);
      await open(id, wrong);
      counted.stop();
      return counted.statements.length;
    };
    expect(await cost(second)).to.equal(await cost(999_999));
  });

  it('says of a link that is not whole just that', async () => {
    for (const query of ['', '?id=7', '?token=abc', `?id=x&token=${'A'.repeat(32)}`, '?id=7&id=8&token=abc']) {
      const { status, text } = await ask(path + query);
      expect(status, query).to.equal(400);
      expect(text).to.contain('This link is not whole');
    }
  });

  it('mails another link to whoever brings the last one, and says the same to everybody', async () => {
    const id = await room.shopper('sam@home.example');
    const token = await issue(id);
    room.advance(3 * 3_600);
    const said = new Set<string>();
    const again = async (whom: number, by: string) => {
      const { status, headers } = await ask(`${path}/again`, { id: String(whom), token: by });
      said.add(`${status} ${headers.get('location')}`);
    };
    await again(id, 'A'.repeat(32));
    await again(999_999, token);
    expect(await room.mails()).to.deep.equal([]);
    await again(id, token);
    await again(id, token);
    expect([...said]).to.deep.equal([`303 ${path}/again`]);
    expect((await ask(`${path}/again`)).text).to.contain('Look into your mailbox');
    await room.look();
    expect(room.server.mails.map(({ to }) => to)).to.deep.equal([['sam@home.example']]);
    await again(id, token);
    expect(await room.mails(), 'the link before the last is worth nothing').to.have.length(1);
    const [fresh] = /token=(\w+)/.exec(part(room.server.mails[0] ?? never(), 'text/plain'))?.slice(1) ?? [];
    expect((await open(id, fresh ?? '')).status).to.equal(200);
  });

  it("asks for what Magento's rules want, marks what is missing and repeats no password", async () => {
    const id = await room.shopper('Sam-7@home.example');
    const token = await issue(id);
    const marks = ({ text }: Answered) =>
      Object.fromEntries(
        [...text.matchAll(/<li class="(\w+)" data-rule="(\w+)"/g)].map(([, mark, rule]) => [rule, mark]),
      );
    const weak = await send(id, token, ' abc');
    expect(weak.status).to.equal(422);
    expect(marks(weak)).to.deep.equal({ shortest: 'broken', blanks: 'broken', classes: 'broken', email: 'kept' });
    expect(weak.text).not.to.contain(' abc"');
    expect(marks(await send(id, token, 'sam-7@home.example'))).to.include({ email: 'broken', classes: 'kept' });
    expect(marks(await send(id, token, `Aa1${'x'.repeat(254)}`))).to.include({ longest: 'broken' });
    const differs = await send(id, token, good, `${good}!`);
    expect([differs.status, differs.text.includes('not the same')]).to.deep.equal([422, true]);
    expect((await ask(path, { id: String(id), token })).status, 'no password at all').to.equal(422);
    await room.set('customer/password/minimum_password_length', '20');
    expect(marks(await send(id, token))).to.include({ shortest: 'broken' });
    expect(await verifies(id)).to.equal(false);
  });

  it('lets one of two win who come at once, ends what was logged in, confirms the address and forgives failed log-ins', async () => {
    const id = await room.shopper('sam@home.example');
    await room.database.run(
      sql`UPDATE {customer_entity} SET failures_num = 9, confirmation = 'key', lock_expires = ${room.moment(900)} WHERE entity_id = ${id}`,
    );
    await room.database.run(
      sql`INSERT INTO {oauth_token} (customer_id, type, token, secret, callback_url, created_at) VALUES (${id}, 'access', 'tok', 's', '', ${room.moment(0)})`,
    );
    const token = await issue(id);
    const [one, other] = await Promise.all([send(id, token, good), send(id, token, `${good}-x`)]);
    expect([one?.status, other?.status].sort()).to.deep.equal([303, 410]);
    expect(await verifies(id, one?.status === 303 ? good : `${good}-x`)).to.equal(true);
    expect(await room.rows(sql`SELECT token FROM {oauth_token} WHERE customer_id = ${id}`)).to.deep.equal([]);
    expect(await room.customer(id)).to.include({
      failures_num: 0,
      confirmation: null,
      lock_expires: null,
      session_cutoff: room.moment(0),
    });
  });

  it('speaks for the store view of the customer, and is closed where the store has a page', async () => {
    const id = await room.shopper('bea@home.example', {}, 2);
    await room.set('general/store_information/name', 'Zweite <b>', { store: 2 });
    const token = await issue(id);
    expect((await open(id, token)).text)
      .to.contain('Zweite &lt;b>')
      .and.not.contain('Tea &amp; Sons');
    await room.set('web/secure/base_url', 'https://second.example/', { store: 2 });
    expect((await open(id, token)).status).to.equal(410);
    await room.set('notification/customers/password_page', 'host', { store: 2 });
    expect((await open(id, token)).status).to.equal(200);
    const { headers } = await send(id, token);
    expect((await ask(headers.get('location') ?? '')).text).to.contain(
      'https://second.example/customer/account/login/',
    );
  });

  it('is slow for a network with worthless links, and open for good ones all the same', async () => {
    const id = await room.shopper('sam@home.example');
    const token = await issue(id);
    const statuses: number[] = [];
    for (let n = 0; n < 40; n++) statuses.push((await open(id, 'B'.repeat(32))).status);
    expect(new Set(statuses)).to.deep.equal(new Set([410, 429]));
    const refused = await open(id, 'B'.repeat(32));
    expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
    expect((await open(id, token)).status).to.equal(200);
    const tries: number[] = [];
    for (let n = 0; n < 12; n++) tries.push((await send(id, token, 'weak')).status);
    expect(tries).to.deep.equal([...Array(10).fill(422), 429, 429]);
  });

  it('is captured as a change of the password, without its value and by nobody who is not to hear of it', async () => {
    const id = await room.shopper('sam@home.example');
    const token = await issue(id);
    const pump = room.host.resolve(ChangePump);
    await pump.pump();
    captured.length = 0;
    expect((await send(id, token)).status).to.equal(303);
    await pump.pump();
    const passwords = captured.filter(({ aspects }) => aspects.includes('password'));
    expect(passwords).to.have.length(1);
    expect(passwords[0]).to.include({ kind: 'updated', customerId: id, websiteId: 1, own: true, cause: null });
    expect(JSON.stringify(captured)).not.to.contain(good);
  });

  it('says to people that it failed, and to nobody what they came with', async () => {
    const id = await room.shopper('sam@home.example');
    const token = await issue(id);
    await room.database.run(sql`ALTER TABLE {vestibule_password_page} RENAME TO {vestibule_password_away}`);
    const { status, text } = await open(id, token);
    await room.database.run(sql`ALTER TABLE {vestibule_password_away} RENAME TO {vestibule_password_page}`);
    expect([status, text.includes('Something went wrong here')]).to.deep.equal([503, true]);
    expect(room.logged.join()).to.contain('The page that sets a password failed').and.not.contain(token);
    expect((await open(id, token)).status).to.equal(200);
  });

  it('forgets who opened it together with the customer', async () => {
    const id = await room.shopper('sam@home.example');
    await open(id, await issue(id));
    expect(await room.rows(sql`SELECT customer_id FROM {vestibule_password_page}`)).to.have.length(1);
    const customers = room.host.resolve(Customers);
    await room.database.transaction(async (tx) => {
      const customer = await customers.byId(tx, id);
      if (customer) await customers.delete(tx, customer, room.now());
    });
    expect(await room.rows(sql`SELECT customer_id FROM {vestibule_password_page}`)).to.deep.equal([]);
  });
});

function never(): never {
  throw new Error('no mail');
}
