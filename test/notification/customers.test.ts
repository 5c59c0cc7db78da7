import { expect } from 'chai';
import { Customers, Passwords, ResetTokens } from '../../modules/customer/index.ts';
import { countStatements, sql } from '../../modules/framework/index.ts';
import { MailQueue } from '../../modules/mail/index.ts';
import { Invitations } from '../../modules/notification/index.ts';
import { answer, header, part, type ReceivedMail } from '../mail/smtp-server.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type NotificationRoom, openNotificationRoom } from './room.ts';

const ann = {
  userName: 'ann',
  name: { givenName: 'Ann', familyName: 'Lee' },
  emails: [{ value: 'ann@work.example', primary: true }],
};

onBothEngines('What customers are told', (engine) => {
  let room: NotificationRoom;
  before(async () => {
    room = await openNotificationRoom(engine, { secondWebsite: true });
  });
  beforeEach(async () => {
    await room.clear();
    await room.policy({ name: 'Acme Okta', policy: { welcomeMail: 'activation' } });
  });
  after(() => room.close());

  /** The only mail that was received. */
  function only(): ReceivedMail {
    expect(room.server.mails).to.have.length(1);
    return room.server.mails[0] as ReceivedMail;
  }
  const linkIn = (mail: ReceivedMail): URL => {
    const [link = ''] = /https:\S+createPassword\S+/.exec(part(mail, 'text/plain')) ?? [];
    return new URL(link);
  };
  const resetToken = (id: string) => room.host.resolve(ResetTokens).current(room.database, Number(id), room.now());
  const notes = async () => (await room.mails()).map(({ state, note }) => [state, note]);

  it('is a link to set the first password, where the connection says so', async () => {
    const id = await room.scim.create(ann);
    expect(room.server.mails).to.deep.equal([]);
    expect(await room.look()).to.include({ sent: 1 });
    const mail = only();
    expect(mail.to).to.deep.equal(['ann@work.example']);
    expect(header(mail, 'To')).to.equal('Ann Lee <ann@work.example>');
    expect(header(mail, 'Subject')).to.equal('Activate your account at Tea & Sons');
    const link = linkIn(mail);
    expect(link.href.split('?')[0]).to.equal('https://www.shop.example/customer/account/createPassword/');
    expect(link.searchParams.get('id')).to.equal(id);
    expect(link.searchParams.get('token'))
      .to.have.length(32)
      .and.equal(await resetToken(id));
    expect(part(mail, 'text/html'))
      .to.contain('Acme Okta has set up an account for you')
      .and.contain('works for 2 hours');
  });

  it('leaves the token of the link in no queue, record or log', async () => {
    room.server.beforeRecipient = () => {
      throw answer(450, 'later');
    };
    const id = await room.scim.create(ann);
    await room.look();
    const first = await resetToken(id);
    room.advance(60);
    room.server.beforeRecipient = () => {};
    room.server.beforeTaking = ({ raw }) => {
      throw answer(451, `suspicious: ${/https:\S+?createPassword\S+/.exec(raw)?.[0]} in ${raw.slice(-200)}`);
    };
    await room.look();
    const second = await resetToken(id);
    expect(second).to.have.length(32).and.not.equal(first);
    const rows = await room.rows(sql`SELECT * FROM {vestibule_mail}`);
    expect(rows).to.have.length(1);
    const seen = JSON.stringify([rows, await room.records(), room.logged]);
    for (const token of [first, second]) expect(seen).not.to.contain(token);
  });

  it('is a welcome without any link to log in, where the connection says that', async () => {
    await room.policy({ policy: { welcomeMail: 'welcome' } });
    const id = await room.scim.create(ann);
    await room.look();
    const mail = only();
    expect(header(mail, 'Subject')).to.equal('Welcome to Tea & Sons');
    expect(part(mail, 'text/plain')).to.contain('Hello Ann Lee').and.not.contain('token');
    expect(await resetToken(id)).to.equal(undefined);
  });

  it('is nothing unless the connection says so', async () => {
    await room.policy({ policy: { welcomeMail: 'none' } });
    await room.scim.create(ann);
    expect(await room.mails()).to.deep.equal([]);
  });

  it('is nothing where the user could not be made', async () => {
    await room.scim.create(ann);
    expect((await room.scim.post(ann)).status).to.equal(409);
    expect(await room.mails()).to.have.length(1);
  });

  it('reaches nobody where there is no address', async () => {
    await room.scim.create({ userName: 'bare' });
    expect(await room.mails()).to.deep.equal([]);
  });

  it('goes to the address that the customer has when it is sent', async () => {
    const id = await room.scim.create(ann);
    const changed = await room.scim.put(id, { ...ann, emails: [{ value: 'ann.lee@work.example', primary: true }] });
    expect(changed.status).to.equal(200);
    await room.look();
    expect(only().to).to.deep.equal(['ann.lee@work.example']);
    expect((await room.mails())[0]?.to).to.equal('ann.lee@work.example');
  });

  it('is withdrawn where the customer was deactivated, deleted or given a password first', async () => {
    const gone = await room.scim.create(ann);
    expect((await room.scim.put(gone, { ...ann, active: false })).status).to.equal(200);
    const other = { userName: 'ben', emails: [{ value: 'ben@work.example', primary: true }] };
    const known = await room.scim.create(other);
    const hash = await room.host.resolve(Passwords).hash('Correct-horse-7');
    await room.database.transaction((tx) => room.host.resolve(Passwords).set(tx, Number(known), hash, room.now()));
    expect(await room.look()).to.include({ sent: 0, withdrawn: 2 });
    expect(await notes()).to.deep.equal([
      ['withdrawn', 'The customer was deactivated meanwhile.'],
      ['withdrawn', 'The customer has a password already.'],
    ]);
    expect(await resetToken(gone)).to.equal(undefined);
    expect(room.server.mails).to.deep.equal([]);
  });

  it('waits with a cure while nobody has said where customers log in', async () => {
    await room.set('web/secure/base_url', '{{base_url}}');
    await room.set('notification/customers/password_page', 'store');
    await room.scim.create(ann);
    expect(await room.look()).to.include({ failed: 1 });
    const [mail] = await room.mails();
    expect(mail?.note).to.contain('set web/secure/base_url');
    await room.set('web/secure/base_url', 'https://other.example');
    await room.database.transaction((tx) => room.host.resolve(MailQueue).retry(tx, mail?.id ?? 0));
    expect(await room.look()).to.include({ sent: 1 });
    expect(linkIn(only()).href).to.match(/^https:\/\/other\.example\/customer\/account\/createPassword\/\?token=/);
  });

  it('keeps no request waiting while a server hangs', async () => {
    let reached: () => void = () => {};
    let release: () => void = () => {};
    const hanging = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    room.server.beforeTaking = async () => {
      reached();
      await held;
    };
    await room.scim.create(ann);
    const looking = room.look();
    await hanging;
    const id = await room.scim.create({ userName: 'ben', emails: [{ value: 'ben@work.example', primary: true }] });
    expect((await room.scim.get(`/Users/${id}`)).status).to.equal(200);
    expect((await room.mails()).map(({ state }) => state)).to.deep.equal(['sending', 'waiting']);
    release();
    expect(await looking).to.include({ sent: 2 });
  });

  it('costs a request that makes a customer nothing where nothing is told', async () => {
    /** The least of three: what is kept in memory for seconds is read anew now and then. */
    const count = async (name: string): Promise<number> => {
      let least = Number.POSITIVE_INFINITY;
      for (const one of ['a', 'b', 'c']) {
        const counted = countStatements(room.database);
        await room.scim.create(user(`${name}-${one}`));
        counted.stop();
        least = Math.min(least, counted.statements.length);
      }
      return least;
    };
    const user = (name: string) => ({ userName: name, emails: [{ value: `${name}@work.example`, primary: true }] });
    await room.policy({ policy: { welcomeMail: 'none' } });
    for (const name of ['warm', 'warmer']) await room.scim.create(user(name));
    const without = await count('one');
    await room.policy({ policy: { welcomeMail: 'activation' } });
    for (const name of ['again', 'once-more']) await room.scim.create(user(name));
    expect((await count('two')) - without).to.equal(1);
  });

  it('is a notice to whom an identity provider takes over, if the store wants it', async () => {
    for (const [name, wanted] of [
      ['sam', '1'],
      ['sue', '0'],
    ] as const) {
      await room.set('notification/customers/adoption', wanted);
      const email = `${name}@home.example`;
      const id = await room.shopper(email);
      const put = await room.scim.put(id, { userName: email, emails: [{ value: email, primary: true }] });
      expect(put.status, put.text).to.equal(200);
    }
    await room.look();
    const mail = only();
    expect(mail.to).to.deep.equal(['sam@home.example']);
    expect(header(mail, 'Subject')).to.equal('Your account at Tea & Sons is now managed by Acme Okta');
    expect(part(mail, 'text/plain')).to.contain('Your orders and your password stay as they are.');
  });

  it('is forgotten with the customer, be it deleted or anonymised', async () => {
    const customers = room.host.resolve(Customers);
    for (const end of ['delete', 'anonymise'] as const) {
      const id = await room.scim.create({ ...ann, userName: end, emails: [{ value: `${end}@work.example` }] });
      await room.look();
      expect(await room.mails()).to.have.length(1);
      await room.database.transaction(async (tx) => {
        const customer = await customers.byId(tx, Number(id));
        if (customer) await customers[end](tx, customer, room.now());
      });
      expect(await room.mails(), end).to.deep.equal([]);
    }
  });

  it('shows names as they are, whatever they hold', async () => {
    const names: [given: string, family: string][] = [
      ['<img src=x onerror=alert(1)>', 'Lee'],
      ['\u05de\u05e8\u05d9\u05dd', '\u05db\u05d4\u05df'],
      ['\u202eevil\u2066', 'Lee'],
      ['W'.repeat(255), 'L'.repeat(255)],
      ['"Ann" <ann@evil.example>,', 'Lee'],
    ];
    for (const [n, [givenName, familyName]] of names.entries())
      await room.scim.create({
        userName: `u${n}`,
        emails: [{ value: `u${n}@work.example` }],
        name: { givenName, familyName },
      });
    await room.look();
    expect(room.server.mails.map(({ to }) => to)).to.deep.equal(names.map((_, n) => [`u${n}@work.example`]));
    const [image, hebrew, turned, long] = room.server.mails.map((mail) => ({
      html: part(mail, 'text/html'),
      text: part(mail, 'text/plain'),
      to: header(mail, 'To') ?? '',
    }));
    expect(image?.html).to.contain('&lt;img src=x').and.not.contain('<img');
    expect(image?.text).to.contain('Hello <img src=x onerror=alert(1)> Lee,');
    expect(hebrew?.html).to.contain('Hello <bdi>\u05de\u05e8\u05d9\u05dd \u05db\u05d4\u05df</bdi>,');
    expect(turned?.text).to.contain('Hello evil Lee,');
    expect(long?.text).to.contain(`Hello ${'W'.repeat(255)} ${'L'.repeat(255)},`);
    for (const line of room.server.mails.flatMap(({ raw }) => raw.split('\r\n')))
      expect(line.length, line.slice(0, 80)).to.be.at.most(998);
  });

  it('speaks for the store view that the customer registered in: its name, its address, its sender', async () => {
    const german: [path: string, value: string][] = [
      ['general/store_information/name', 'Tee & Söhne'],
      ['web/secure/base_url', 'https://de.shop.example/'],
      ['trans_email/ident_general/email', 'hallo@shop.example'],
      ['trans_email/ident_general/name', 'Söhne'],
    ];
    for (const [path, value] of german) await room.set(path, value, { store: 2 });
    const id = Number(await room.scim.create(ann));
    await room.look();
    await room.database.run(sql`UPDATE {store} SET website_id = 1 WHERE store_id = 2`);
    await room.database.run(sql`UPDATE {customer_entity} SET store_id = 2 WHERE entity_id = ${id}`);
    room.advance(10);
    await room.database.transaction((tx) => room.host.resolve(Invitations).invite(tx, id, { actor: 'anna' }));
    await room.look();
    const [first, second] = room.server.mails;
    expect(first && header(first, 'Subject')).to.equal('Activate your account at Tea & Sons');
    expect(first?.from).to.equal('owner@example.com');
    expect(second?.from).to.equal('hallo@shop.example');
    expect(second && part(second, 'text/plain'))
      .to.contain('Welcome to Tee & Söhne')
      .and.contain('https://de.shop.example/customer/account/createPassword/?token=')
      .and.contain('https://de.shop.example/customer/account/login/');
  });
});
