import { expect } from 'chai';
import { type Connection, Connections, ExpiryWatch, Tokens } from '../../modules/connection/index.ts';
import { Events } from '../../modules/framework/index.ts';
import { DeprovisioningHeld } from '../../modules/provisioning/index.ts';
import { SamlAttention } from '../../modules/saml/index.ts';
import { header, part } from '../mail/smtp-server.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type NotificationRoom, openNotificationRoom } from './room.ts';

const day = 86_400;

onBothEngines('What administrators are told', (engine) => {
  let room: NotificationRoom;
  let connection: Connection;
  beforeEach(async () => {
    room = await openNotificationRoom(engine);
    connection = await room.database.transaction((tx) => room.host.resolve(Connections).byCode(tx, 'default'));
    await room.set('notification/operators/recipients', 'ops@shop.example, it@shop.example, ops@shop.example');
  });
  afterEach(() => room.close());

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
    expect(said).to.contain(`Token: ${token.publicId} (okta)\nEnds: 2024-08-04 12:00:00 UTC`);
    expect(said).to.contain('token:rotate --connection default --start');
    expect(mail.raw + said + part(mail, 'text/html')).not.to.contain(text);
  });

  it('is that the guard holds, once for each hold and to each', async () => {
    const emit = (holdId: number) =>
      room.database.transaction((tx) =>
        room.host
          .resolve(Events)
          .emit(DeprovisioningHeld, { connection, holdId, count: 31, limit: 20, at: room.now() }, tx),
      );
    for (const holdId of [7, 7, 8]) await emit(holdId);
    await room.look();
    expect(subjects()).to.deep.equal(
      ['it', 'it', 'ops', 'ops'].map(
        (name) =>
          `${name}@shop.example: Held: ${connection.name} wants to deactivate or delete unusually many customers`,
      ),
    );
    const texts = room.server.mails.map((mail) => part(mail, 'text/plain'));
    expect(texts.filter((text) => text.includes('guard:approve 7'))).to.have.length(2);
    expect(texts[0]).to.contain('Customers: 31, where 20 may');
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
    for (const occasion of ['saml:ours:ab:1:30', 'saml:ours:ab:1:30', 'saml:ours:ab:1:7']) await emit(occasion);
    await room.look();
    expect(subjects()).to.deep.equal(
      ['it', 'it', 'ops', 'ops'].map((name) => `${name}@shop.example: A certificate ends`),
    );
    expect(room.server.mails.map((mail) => part(mail, 'text/plain'))[0]).to.contain('saml:show default');
  });

  it('is nothing where nobody is named, and fails nothing', async () => {
    await room.set('notification/operators/recipients', '');
    await room.database.transaction((tx) =>
      room.host
        .resolve(Events)
        .emit(DeprovisioningHeld, { connection, holdId: 1, count: 31, limit: 20, at: room.now() }, tx),
    );
    expect(await room.mails()).to.deep.equal([]);
  });

  it('fails nothing where a recipient is no address', async () => {
    await room.set('notification/operators/recipients', '["nobody", "ops@shop.example\\r\\nBcc: evil@x.example"]');
    await room.database.transaction((tx) =>
      room.host
        .resolve(Events)
        .emit(DeprovisioningHeld, { connection, holdId: 1, count: 31, limit: 20, at: room.now() }, tx),
    );
    await room.look();
    expect(room.server.mails).to.deep.equal([]);
    expect((await room.mails()).map(({ state }) => state)).to.deep.equal(['failed', 'failed']);
  });
});
