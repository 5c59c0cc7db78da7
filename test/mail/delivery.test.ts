import { expect } from 'chai';
import { sql } from '../../modules/framework/index.ts';
import { MailJobs, Mails } from '../../modules/mail/index.ts';
import { onBothEngines } from '../setup/databases.ts';
import { type MailDatabase, type MailRoom, openMailDatabase, openMailRoom } from './room.tsx';
import { openRudeServer, politely } from './smtp/rude-server.ts';
import { answer, header, type MailServer, openMailServer, part } from './smtp-server.ts';

const minute = 60_000;

onBothEngines('The delivery of mails', (engine) => {
  let shared: MailDatabase;
  let room: MailRoom;
  let server: MailServer;
  before(async () => {
    shared = await openMailDatabase(engine);
  });
  after(() => shared.dispose());
  beforeEach(async () => {
    await shared.empty();
    room = await openMailRoom(engine, shared);
    server = await openMailServer();
    await room.configure(server);
  });
  afterEach(async () => {
    await room.close();
    await server.close();
  });
  const states = async () => (await room.all()).map(({ state }) => state);
  const note = async () => (await room.all())[0]?.note ?? '';

  it('hands a mail over once, in HTML and in text, from the configured sender', async () => {
    await room.configure(server, {
      'trans_email/ident_general/email': 'shop@shop.example',
      'trans_email/ident_general/name': 'The Shop',
    });
    await room.send();
    expect(await room.look()).to.deep.equal({ sent: 1, failed: 0, withdrawn: 0, waiting: 0, unconfigured: 0 });
    expect(await room.look()).to.include({ sent: 0 });
    expect(server.mails).to.have.length(1);
    const [mail] = server.mails;
    if (!mail) throw new Error('no mail');
    expect([mail.from, ...mail.to]).to.deep.equal(['shop@shop.example', 'ann@shop.example']);
    expect(header(mail, 'From')).to.equal('The Shop <shop@shop.example>');
    expect(header(mail, 'To')).to.equal('Ann <ann@shop.example>');
    expect(header(mail, 'Subject')).to.equal('About tea');
    expect(header(mail, 'Auto-Submitted')).to.equal('auto-generated');
    expect(part(mail, 'text/html')).to.contain('<h1').and.contain('href="https://shop.example/?q=tea&amp;x=1"');
    expect(part(mail, 'text/plain').replaceAll('\r\n', '\n').trim()).to.equal(
      'Hello tea\n\nThis is about tea.\n\nLook at it: https://shop.example/?q=tea&x=1',
    );
    expect(await room.all()).to.have.length(1);
    expect((await room.all())[0]).to.include({ state: 'sent', attempts: 1, to: 'ann@shop.example', note: null });
  });

  it('tells that a mail was given up, and gives it up whatever becomes of that', async () => {
    const heard: string[] = [];
    room.heard = ({ id, label, topic, note }) => heard.push(`${id} ${label} ${topic} ${note}`);
    server.beforeRecipient = () => {
      throw answer(550, 'No such user');
    };
    await room.send({ topic: 'customer:7' });
    await room.look();
    expect(heard).to.have.length(1);
    expect(heard[0]).to.match(/^1 A letter customer:7 .*550 No such user/);
    room.heard = () => {
      throw new Error('deaf');
    };
    await room.send();
    await room.look();
    expect(await states()).to.deep.equal(['failed', 'failed']);
    expect(room.logged.map(({ line }) => line).join()).to.contain('deaf');
  });

  it('waits with a mail until it is due', async () => {
    const dueMs = Date.parse('2024-05-06T12:30:00.000Z');
    await room.send({ dueMs });
    room.advance(30 * minute - 1);
    expect(await room.look()).to.include({ sent: 0 });
    room.advance(1);
    expect(await room.look()).to.include({ sent: 1 });
  });

  it('never sends what was queued in a transaction that was rolled back', async () => {
    const failure = await room.database
      .transaction(async (tx) => {
        const mail = { template: 'letters.plain', data: {}, websiteId: 1, to: { address: 'ann@shop.example' } };
        room.host.resolve(Mails).send(tx, mail);
        throw new Error('changed my mind');
      })
      .catch((error: Error) => error.message);
    expect(failure).to.equal('changed my mind');
    await room.look();
    expect(server.mails).to.deep.equal([]);
    expect(await room.all()).to.deep.equal([]);
  });

  it('queues a mail with a key once, whoever asks', async () => {
    await room.send({ once: 'alert-1' });
    await room.send({ once: 'alert-1' });
    await room.send({ once: 'alert-2' });
    await room.look();
    expect(server.mails).to.have.length(2);
  });

  it('lets two processes send each mail once between them', async () => {
    const other = await room.second();
    for (let n = 0; n < 12; n++) await room.send({ data: { word: `w${n}` } });
    const done = await Promise.all([room.look(), other.look(), room.look(), other.look()]);
    expect(done.reduce((sum, { sent }) => sum + sent, 0)).to.equal(12);
    const subjects = server.mails.map((mail) => header(mail, 'Subject')).sort();
    expect(subjects).to.deep.equal(Array.from({ length: 12 }, (_, n) => `About w${n}`).sort());
    await other.close();
  });

  it('uses one connection for many mails', async () => {
    for (let n = 0; n < 30; n++) await room.send();
    await room.look();
    expect([server.mails.length, server.connections]).to.deep.equal([30, 1]);
  });

  it('gives up at once what the server refuses for good, and does not try it again', async () => {
    server.beforeRecipient = () => {
      throw answer(550, 'No such user here');
    };
    await room.send();
    expect(await room.look()).to.include({ failed: 1 });
    room.advance(100 * 60 * minute);
    expect(await room.look()).to.include({ sent: 0, failed: 0 });
    expect(await states()).to.deep.equal(['failed']);
    expect(await note()).to.equal('The SMTP server refuses the mail: 550 No such user here');
  });

  it('tries again what the server does not take now, waiting longer each time, and gives up in the end', async () => {
    let asked = 0;
    server.beforeRecipient = () => {
      asked++;
      throw answer(450, 'Mailbox busy');
    };
    await room.send();
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 8; attempt++) {
      expect(await room.look()).to.include({ waiting: 1 });
      const [mail] = await room.all();
      if (!mail) throw new Error('no mail');
      waits.push(
        (Date.parse(mail.at) - Date.parse('2024-05-06T12:00:00Z')) / minute - waits.reduce((a, b) => a + b, 0),
      );
      room.advance((waits.at(-1) ?? 0) * minute - 1);
      expect(await room.look()).to.include({ waiting: 0, unconfigured: 0 });
      room.advance(1);
    }
    expect(waits).to.deep.equal([1, 5, 15, 60, 180, 360, 720, 720]);
    expect(await room.look()).to.include({ failed: 1 });
    expect(asked).to.equal(9);
    expect(await note())
      .to.contain('Given up after 9 attempts')
      .and.contain('450 Mailbox busy');
  });

  it('sends a failed mail again when it is told to, as if it were new', async () => {
    server.beforeRecipient = () => {
      throw answer(550, 'No');
    };
    await room.send();
    await room.look();
    server.beforeRecipient = () => {};
    const [failed] = await room.all();
    await room.database.transaction((tx) => room.queue.retry(tx, failed?.id ?? 0));
    expect(await room.look()).to.include({ sent: 1 });
    const refusal = await room.database
      .transaction((tx) => room.queue.retry(tx, failed?.id ?? 0))
      .catch((error: Error & { code: string }) => `${error.code} ${error.message}`);
    expect(refusal).to.contain('MAIL_NOT_RETRIED').and.contain('not sent twice');
  });

  it('leaves a server that is down alone for a while, and loses nothing', async () => {
    const { port } = server;
    await server.close();
    for (let n = 0; n < 3; n++) await room.send();
    expect(await room.look()).to.deep.equal({ sent: 0, failed: 0, withdrawn: 0, waiting: 1, unconfigured: 0 });
    expect(await room.look()).to.include({ waiting: 0, unconfigured: 0 });
    expect(room.logged.filter(({ level }) => level === 'warn')).to.have.length(1);
    expect(room.logged[0]?.line).to.contain(`The SMTP server 127.0.0.1:${port} cannot be reached`);
    expect(await note()).to.contain('cannot be reached');
    server = await openMailServer();
    await room.configure(server);
    room.advance(minute);
    expect(await room.look()).to.include({ sent: 3 });
  });

  it('sends for a website whose server works while another one is down', async () => {
    await room.send({ websiteId: 0 });
    await room.send({ websiteId: 1 });
    server.beforeRecipient = () => {};
    const dead = await openMailServer();
    const { port } = dead;
    await dead.close();
    await room.database.run(sql`INSERT INTO {core_config_data} (scope, scope_id, path, value, updated_at)
      VALUES ('stores', 1, 'system/smtp/port', ${String(port)}, '2024-05-06 12:00:00')`);
    room.advance(10_000);
    expect(await room.look()).to.include({ sent: 1, waiting: 1 });
  });

  it('keeps mails that meet no configuration, and sends them when told', async () => {
    await room.configure(server, { transport: 'sendmail' });
    await room.send();
    await room.send();
    expect(await room.look()).to.include({ unconfigured: 2 });
    await room.send();
    expect(await room.look()).to.include({ unconfigured: 1 });
    expect(await states()).to.deep.equal(['unconfigured', 'unconfigured', 'unconfigured']);
    expect(await note()).to.contain('system/smtp/transport');
    await room.configure(server);
    await room.look();
    expect(server.mails).to.deep.equal([]);
    expect(await room.database.transaction((tx) => room.queue.retryAll(tx, 'unconfigured'))).to.equal(3);
    expect(await room.look()).to.include({ sent: 3 });
  });

  it('sends a mail once more whose process was killed, and not a third time', async () => {
    const killed = () =>
      room.database.run(sql`UPDATE {vestibule_mail} SET state = 'sending', holder = 'dead', at_ms = at_ms + 1`);
    await room.send();
    await killed();
    expect(await room.look()).to.include({ sent: 0 });
    room.advance(14 * minute);
    expect(await room.look()).to.include({ sent: 0 });
    room.advance(2 * minute);
    expect(await room.look()).to.include({ sent: 1 });
    await killed();
    room.advance(40 * minute);
    expect(await room.look()).to.include({ sent: 0 });
    expect(server.mails).to.have.length(1);
    expect(await states()).to.deep.equal(['failed']);
    expect(await note()).to.contain('interrupted twice');
  });

  it('gives the duplicate of an interrupted mail the same Message-ID', async () => {
    await room.send();
    await room.look();
    await room.database.run(
      sql`UPDATE {vestibule_mail} SET state = 'sending', holder = 'dead', data = ${JSON.stringify({ word: 'tea' })}`,
    );
    room.advance(16 * minute);
    await room.look();
    const ids = server.mails.map((mail) => header(mail, 'Message-ID'));
    expect(ids).to.have.length(2);
    expect(ids[0])
      .to.match(/^<.+@.+>$/)
      .and.equal(ids[1]);
  });

  it('takes a mail that was cut off on its way for perhaps delivered: once more, then no more', async () => {
    const rude = await openRudeServer((line, socket) => {
      if (line === '.') socket.destroy();
      return politely(line, socket);
    });
    await room.configure(rude);
    await room.send();
    expect(await room.look()).to.include({ waiting: 1 });
    expect(await note()).to.contain('The connection was lost while the mail was handed over');
    room.advance(minute);
    expect(await room.look()).to.include({ failed: 1 });
    expect(await note()).to.contain('may have taken the mail already');
    expect(rude.lines.filter((line) => line === '.')).to.have.length(2);
    await rude.close();
  });

  it('withdraws what nobody is left to be told', async () => {
    room.write = () => ({ withdrawn: 'The customer is gone.' });
    await room.send();
    expect(await room.look()).to.include({ withdrawn: 1 });
    expect([await states(), await note()]).to.deep.equal([['withdrawn'], 'The customer is gone.']);
    expect(server.mails).to.deep.equal([]);
  });

  it('never mails a placeholder, be it queued or found later', async () => {
    await room.send({ to: { address: 'u-17@placeholder.invalid' } });
    expect(await room.all()).to.deep.equal([]);
    room.write = async (data) => ({ subject: data.word, body: 'x' as never, to: { address: 'x@placeholder.invalid' } });
    await room.send({ to: undefined });
    await room.look();
    expect(await states()).to.deep.equal(['withdrawn']);
    expect(server.mails).to.deep.equal([]);
  });

  it('says nothing of what a mail holds when it cannot be written', async () => {
    room.write = () => {
      throw new Error('the secret is 4711');
    };
    await room.send();
    expect(await room.look()).to.include({ waiting: 1 });
    expect(JSON.stringify(await room.all())).not.to.contain('4711');
  });

  it('removes mails long after they ended', async () => {
    await room.send();
    await room.look();
    room.advance(89 * 24 * 60 * minute);
    await room.send({ data: { word: 'later' } });
    await room.look();
    const jobs = room.host.resolve(MailJobs);
    expect(await jobs.purge()).to.equal(0);
    room.advance(2 * 24 * 60 * minute);
    expect(await jobs.purge()).to.equal(1);
    expect(await room.all()).to.have.length(1);
  });
});
