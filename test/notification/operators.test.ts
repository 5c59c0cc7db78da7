import { expect } from 'chai';
import { CaptureImpaired } from '../../modules/change-capture/index.ts';
import { type Connection, Connections, ExpiryWatch, Tokens } from '../../modules/connection/index.ts';
import { Continuity, Events, migrate, sql } from '../../modules/framework/index.ts';
import { DeprovisioningHeld } from '../../modules/provisioning/index.ts';
import { SamlAttention } from '../../modules/saml/index.ts';
import { type Webhook, WebhookDisabled } from '../../modules/webhook/index.ts';
import { answer, header, part } from '../mail/smtp-server.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type NotificationRoom, openNotificationRoom } from './room.ts';

const day = 86_400;

onBothEngines('What administrators are told', (engine) => {
  let room: NotificationRoom;
  let connection: Connection;
  before(async () => {
    room = await openNotificationRoom(engine);
  });
  beforeEach(async () => {
    await room.clear();
    connection = await room.database.transaction((tx) => room.host.resolve(Connections).byCode(tx, 'default'));
    await room.set('notification/operators/recipients', 'ops@shop.example, it@shop.example, ops@shop.example');
  });
  after(() => room.close());

  const check = () => room.host.resolve(ExpiryWatch).check();
  const subjects = () => room.server.mails.map((mail) => `${mail.to}: ${header(mail, 'Subject')}`).sort();

  it('is the end of a token, 30, 14, 7 and 1 days before, once each and to each', async () => {
    const expiresAt = new Date(room.now().getTime() + 90 * day * 1000);
    const { text } = await room.database.transaction((tx) =>
      room.host.resolve(Tokens).issue(tx, connection, { name: 'okta', expiresAt }, room.now()),
    );
    const told: string[] = [];
    for (let n = 0; n < 92; n++) {
      await Promise.all([check(), check()]);
      await room.look();
      for (const mail of room.server.mails.splice(0)) told.push(`${mail.to} ${n} ${header(mail, 'Subject')}`);
      room.advance(day);
    }
    const expected = (to: string) =>
      [
        [60, 'less than 30 days'],
        [76, 'less than 14 days'],
        [83, 'less than 7 days'],
        [89, 'less than a day'],
      ].map(([n, span]) => `${to} ${n} The SCIM token of ${connection.name} ends in ${span}`);
    expect(told.sort()).to.deep.equal([...expected('it@shop.example'), ...expected('ops@shop.example')]);
    expect(JSON.stringify([room.logged, await room.mails()])).not.to.contain(text);
  });

  it('says how to renew the token, and never says the token', async () => {
    const expiresAt = new Date(room.now().getTime() + 90 * day * 1000);
    const { text, token } = await room.database.transaction((tx) =>
      room.host.resolve(Tokens).issue(tx, connection, { name: 'okta', expiresAt }, room.now()),
    );
    room.advance(80 * day);
    await check();
    await room.look();
    const [mail] = room.server.mails;
    if (!mail) throw new Error('no mail');
    const said = part(mail, 'text/plain').replaceAll('\r\n', '\n');
    expect(said).to.contain(`Token: ${token.publicId} (okta)\nEnds: ${room.moment(90 * day)} UTC`);
    expect(said).to.contain('token:rotate --connection default --start');
    expect(mail.raw + said + part(mail, 'text/html')).not.to.contain(text);
  });

  const hold = (holdId: number, at = connection) =>
    room.database.transaction((tx) =>
      room.host
        .resolve(Events)
        .emit(DeprovisioningHeld, { connection: at, holdId, count: 31, limit: 20, at: room.now() }, tx),
    );

  it('is that the guard holds, once for each hold and to each', async () => {
    for (const holdId of [7, 7]) await hold(holdId);
    expect(await room.mails()).to.have.length(2);
    await room.look();
    expect(subjects()).to.deep.equal(
      ['it', 'ops'].map(
        (name) =>
          `${name}@shop.example: Held: ${connection.name} wants to deactivate or delete unusually many customers`,
      ),
    );
    const texts = room.server.mails.map((mail) => part(mail, 'text/plain'));
    expect(texts.filter((text) => text.includes('guard:approve 7'))).to.have.length(2);
    expect(texts[0])
      .to.contain('Customers: 31, where 20 may')
      .and.contain('Open the administration: http://vestibule.test/admin/held-changes/7');
  });

  it('comes once an hour at most about one cause; what was held back is in the next mail', async () => {
    await hold(7);
    await room.look();
    expect(room.server.mails.splice(0)).to.have.length(2);
    for (const [minutes, holdId] of [
      [10, 8],
      [20, 9],
      [29, 9],
    ] as const) {
      room.advance(minutes * 60);
      await hold(holdId);
      await hold(100 + holdId, { ...connection, id: 1_000 + holdId });
      await room.look();
    }
    const others = room.server.mails.splice(0).map((mail) => header(mail, 'Subject'));
    expect(others, 'other causes have an hour of their own').to.have.length(4);
    room.advance(59);
    expect(await room.look()).to.include({ sent: 0 });
    room.advance(1);
    expect(await room.look()).to.include({ sent: 2 });
    const [digest] = room.server.mails;
    expect(digest && header(digest, 'Subject')).to.match(/ \(2 alerts\)$/);
    const text = digest ? part(digest, 'text/plain') : '';
    expect(text).to.contain('guard:approve 8').and.contain('guard:approve 9').and.not.contain('guard:approve 7');
    expect(text)
      .to.contain(`Noticed: ${room.moment(600)} UTC`)
      .and.contain(`Noticed: ${room.moment(1800)} UTC`);
    room.advance(4 * 3_600);
    expect(await room.look()).to.include({ sent: 0 });
    await hold(10);
    expect(await room.look()).to.include({ sent: 2 });
  });

  it('is one mail to each, though several processes tell at once', async () => {
    await room.warm();
    await Promise.all([11, 12, 13, 14].map((holdId) => hold(holdId)));
    expect(await room.look()).to.include({ sent: 2 });
    room.advance(3_600);
    expect(await room.look()).to.include({ sent: 2 });
    room.advance(3_600);
    expect(await room.look()).to.include({ sent: 0 });
    const told = room.server.mails.map((mail) => part(mail, 'text/plain')).join();
    for (const holdId of [11, 12, 13, 14]) expect(told.split(`guard:approve ${holdId}`)).to.have.length(3);
  });

  it('is that mails fail, and not that those about it do', async () => {
    await room.policy({ policy: { welcomeMail: 'activation' } });
    room.server.beforeRecipient = (address) => {
      if (!address.startsWith('ops')) throw answer(550, 'No such user');
    };
    const id = await room.scim.create({ userName: 'ann', emails: [{ value: 'ann@work.example', primary: true }] });
    await room.look();
    await room.look();
    expect(subjects()).to.deep.equal(['ops@shop.example: A mail could not be sent']);
    const [mail] = room.server.mails;
    expect(mail && part(mail, 'text/plain'))
      .to.contain('550 No such user')
      .and.contain(`About: customer:${id}`)
      .and.contain('Activation with password reset link')
      .and.contain('mail:retry');
    expect((await room.mails()).map(({ state }) => state).sort()).to.deep.equal(['failed', 'failed', 'sent']);
    room.advance(7_200);
    expect(await room.look()).to.include({ sent: 0, failed: 0 });
  });

  it('is what SAML needs them for, once for each occasion, with the cure', async () => {
    const emit = (occasion: string) =>
      room.database.transaction((tx) =>
        room.host
          .resolve(Events)
          .emit(
            SamlAttention,
            { connection, occasion, title: 'A certificate ends', message: 'It ends soon.', cure: 'saml:show default' },
            tx,
          ),
      );
    for (const occasion of ['saml:ours:ab:1:30', 'saml:ours:ab:1:30', 'saml:refresh:1:20240506']) await emit(occasion);
    await room.look();
    expect(subjects()).to.deep.equal(
      ['it', 'it', 'ops', 'ops'].map((name) => `${name}@shop.example: A certificate ends`),
    );
    expect(room.server.mails.map((mail) => part(mail, 'text/plain'))[0]).to.contain('saml:show default');
  });

  it('is that a webhook was switched off, or that changes in the store are not seen', async () => {
    const webhook = {
      id: 5,
      name: '',
      scope: 'store/customer/*',
      destination: 'https://idp.example/hooks?key=secret',
    } as Webhook;
    const impaired = {
      cause: 'triggers',
      title: 'Changes are not seen',
      message: 'No right.',
      cure: 'Grant `TRIGGER`.',
    };
    const tell = () =>
      room.database.transaction(async (tx) => {
        const events = room.host.resolve(Events);
        await events.emit(WebhookDisabled, { webhook, because: 'It failed for five days.', at: room.now() }, tx);
        await events.emit(CaptureImpaired, impaired, tx);
      });
    await tell();
    await tell(); // within the hour: the webhook's waits for the next mail, the other is told once a day
    await room.look();
    const mails = room.server.mails.filter(({ to }) => to.includes('ops@shop.example'));
    expect(mails.map((mail) => header(mail, 'Subject'))).to.deep.equal([
      'The webhook 5 was switched off',
      'Changes are not seen',
    ]);
    expect(mails[0] && part(mails[0], 'text/plain'))
      .to.contain('It failed for five days.')
      .and.contain('webhook:set 5 --active on')
      .and.contain('http://vestibule.test/admin/webhooks/5')
      .and.not.contain('secret');
    expect(mails[1] && part(mails[1], 'text/html')).to.match(/Grant <code[^>]*>TRIGGER<\/code>/);
    room.advance(3_600);
    expect(await room.look()).to.include({ sent: 2 });
  });

  it('is that the database was brought back from a backup, while mails that waited in it are not sent', async () => {
    await hold(1);
    await room.host.resolve(Continuity).declare();
    await room.look();
    const mails = room.server.mails.filter(({ to }) => to.includes('ops@shop.example'));
    expect(mails.map((mail) => header(mail, 'Subject'))).to.deep.equal(['The database was brought back from a backup']);
    expect(mails[0] && part(mails[0], 'text/plain')).to.contain('drop it with webhook:resume');
  });

  it('is nothing where nobody is named, and fails nothing', async () => {
    await room.set('notification/operators/recipients', '');
    await hold(1);
    expect(await room.mails()).to.deep.equal([]);
  });

  it('fails nothing where a recipient is no address', async () => {
    await room.set('notification/operators/recipients', '["nobody", "ops@shop.example\\r\\nBcc: evil@x.example"]');
    await hold(1);
    await room.look();
    expect(room.server.mails).to.deep.equal([]);
    expect((await room.mails()).map(({ state }) => state)).to.deep.equal(['failed', 'failed']);
  });

  it('is what was queued before there were alerts, too', async () => {
    const about = { connection: 'Acme', code: 'acme' };
    const old: Readonly<Record<string, object>> = {
      'notification.token-expiring': {
        ...about,
        tokenId: 't1',
        tokenName: 'okta',
        expiresAt: '2030-01-01 00:00:00',
        days: 7,
        cure: 'token:rotate --connection acme --start',
      },
      'notification.guard-held': { ...about, holdId: 9, count: 31, limit: 20, at: '2024-05-06 07:08:09' },
      'notification.saml-attention': {
        ...about,
        title: 'A certificate has ended',
        message: 'Nobody comes in.',
        cure: 'saml:certificates',
      },
    };
    const at = room.now().getTime();
    for (const [template, data] of Object.entries(old))
      for (const state of ['waiting', 'sent'])
        await room.database.run(
          sql`INSERT INTO {vestibule_mail} (template, website_id, topic, to_address, data, state, created_ms, at_ms) VALUES (${template}, 0, 'old', 'ops@shop.example', ${JSON.stringify(data)}, ${state}, ${at - 60_000}, ${at})`,
        );
    await room.database.run(sql`DELETE FROM {vestibule_migration} WHERE name = '0003-queued-alerts'`);
    const migrations = new URL('../../modules/notification/migrations/', import.meta.url);
    await migrate(room.database, [{ name: 'notification', migrations }]);
    expect(await room.look()).to.include({ sent: 3 });
    const said = room.server.mails.map((mail) => [header(mail, 'Subject'), part(mail, 'text/plain')].join(' '));
    expect(said[0]).to.match(
      /^The SCIM token of Acme ends in less than 7 days.*Ends: 2030.*--connection acme --start/s,
    );
    expect(said[1]).to.match(/^Held: Acme wants.*Customers: 31, where 20 may.*guard:approve 9/s);
    expect(said[2]).to.match(/^A certificate has ended .*Nobody comes in\..*saml:certificates/s);
    expect((await room.mails()).map(({ template, state }) => `${template} ${state}`).sort()).to.deep.equal([
      ...Array(3).fill('notification.alert sent'),
      ...Object.keys(old)
        .map((template) => `${template} sent`)
        .sort(),
    ]);
  });
});
