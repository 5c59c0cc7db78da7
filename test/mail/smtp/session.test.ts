import { expect } from 'chai';
import { SmtpFailure } from '../../../modules/mail/smtp/failure.ts';
import type { SmtpServer } from '../../../modules/mail/smtp/server.ts';
import { openSession, smtpPatience } from '../../../modules/mail/smtp/session.ts';
import { type MailServer, openMailServer } from '../smtp-server.ts';
import { openRudeServer, politely, type RudeServer } from './rude-server.ts';

const message = Buffer.from('Subject: x\r\n\r\nhttps://shop.example/?token=SECRET\r\n');
const envelope = { from: 'shop@shop.example', to: 'ann@shop.example' };
const login = { method: 'PLAIN' as const, user: 'mailer', password: 'hunter22' };
const short = { connect: 100, answer: 100 };

describe('A session with an SMTP server', () => {
  let server: RudeServer | MailServer | undefined;
  afterEach(() => server?.close());

  const at = ({ port }: { port: number }, more: Partial<SmtpServer> = {}): SmtpServer => ({
    host: '127.0.0.1',
    port,
    encryption: 'none',
    ...more,
  });

  /** What becomes of one message, `taken` or the failure's kind and text. */
  async function outcome(
    to: SmtpServer,
    patience = smtpPatience,
    signal = new AbortController().signal,
  ): Promise<string> {
    try {
      const session = await openSession(to, 'vestibule.test', signal, patience);
      const failure = await session.send(envelope, message);
      if (!failure) session.close();
      return failure ? `${failure.kind}: ${failure.message}` : 'taken';
    } catch (error) {
      if (error instanceof SmtpFailure) return `${error.kind}: ${error.message}`;
      throw error;
    }
  }

  it('hands a message over', async () => {
    server = await openRudeServer(politely);
    expect(await outcome(at(server))).to.equal('taken');
    expect(server.lines.slice(0, 4)).to.deep.equal([
      'EHLO vestibule.test',
      'MAIL FROM:<shop@shop.example>',
      'RCPT TO:<ann@shop.example>',
      'DATA',
    ]);
  });

  it('is not begun with a server that never greets', async () => {
    server = await openRudeServer(politely, '');
    expect(await outcome(at(server), { connect: 100, answer: 60_000 })).to.match(
      /^server: The SMTP server 127\.0\.0\.1:\d+ cannot be reached: /,
    );
  });

  it('is not begun with a server that does not want to', async () => {
    server = await openRudeServer(politely, '554 go away');
    expect(await outcome(at(server))).to.match(/^server: .* refuses: 554 go away/);
  });

  it('takes a server that hangs before the message for one that cannot be worked with', async () => {
    server = await openRudeServer((line, socket) => (line.startsWith('RCPT') ? undefined : politely(line, socket)));
    expect(await outcome(at(server), short)).to.match(/^server: The connection to the SMTP server was lost: /);
  });

  it('does not know what became of a message after which the server hangs or hangs up', async () => {
    server = await openRudeServer((line, socket) => (line === '.' ? undefined : politely(line, socket)));
    expect(await outcome(at(server), short)).to.match(/^unknown: The connection was lost while /);
    await server.close();
    server = await openRudeServer((line, socket) => {
      if (line === '.') socket.destroy();
      return politely(line, socket);
    });
    expect(await outcome(at(server))).to.match(/^unknown: The connection was lost while /);
  });

  it('knows that a message was not taken which the server refused, for now or for good', async () => {
    for (const [reply, kind] of [
      ['451 busy', 'deferred'],
      ['552 too big', 'refused'],
      ['421 going down', 'server'],
    ] as const) {
      server = await openRudeServer((line, socket) => (line === '.' ? reply : politely(line, socket)));
      expect(await outcome(at(server))).to.match(new RegExp(`^${kind}: .*${reply}`));
      await server.close();
    }
  });

  it('is cut off at once when the host stops', async () => {
    const abort = new AbortController();
    server = await openRudeServer((line, socket) => {
      if (line !== '.') return politely(line, socket);
      abort.abort();
      return undefined;
    });
    expect(await outcome(at(server), smtpPatience, abort.signal)).to.match(/^unknown: .*Stopped/);
    expect(await outcome(at(server), smtpPatience, abort.signal)).to.match(/^server: .*Stopped/);
  });

  it('repeats neither the password nor a link of the mail, though the server does', async () => {
    const reply = (line: string) =>
      ({ EHLO: '250 AUTH PLAIN', AUTH: `535 cannot understand ${line}` })[line.split(' ')[0] ?? ''];
    server = await openRudeServer((line) => reply(line));
    const refused = await outcome(at(server, { login }));
    expect(refused).to.contain('does not accept the login (535)').and.contain('system/smtp/username');
    const [, , sent = ''] = server.lines.find((line) => line.startsWith('AUTH'))?.split(' ') ?? [];
    expect(Buffer.from(sent, 'base64').toString()).to.contain('hunter22');
    expect(refused).not.to.contain(sent).and.not.to.contain('hunter22');
    await server.close();
    server = await openRudeServer((line, socket) =>
      line === '.' ? '550 spam: https://shop.example/SECRET and ?token=SECRET' : politely(line, socket),
    );
    expect(await outcome(at(server)))
      .to.contain('550 spam')
      .and.not.contain('SECRET');
  });

  it('logs in as it is told to', async () => {
    for (const method of ['PLAIN', 'LOGIN'] as const) {
      const seen: unknown[] = [];
      const real = await openMailServer({
        disabledCommands: ['STARTTLS'],
        authMethods: ['PLAIN', 'LOGIN'],
        allowInsecureAuth: true,
        onAuth({ method: by, username, password }, _, done) {
          seen.push([by, username, password]);
          done(null, { user: username });
        },
      });
      server = real;
      expect(await outcome(at(real, { login: { ...login, method } }))).to.equal('taken');
      expect(seen).to.deep.equal([[method, 'mailer', 'hunter22']]);
      expect(real.mails).to.have.length(1);
      await real.close();
      server = undefined;
    }
  });

  it('does not send without encryption what is to be encrypted', async () => {
    server = await openRudeServer((line, socket) =>
      line === 'STARTTLS' ? '502 what is that' : politely(line, socket),
    );
    expect(await outcome(at(server, { encryption: 'tls', login }))).to.match(/^server: /);
    expect(server.lines.filter((line) => /^(AUTH|MAIL)/.test(line))).to.deep.equal([]);
  });

  it('does not trust a certificate that nobody vouches for', async () => {
    const real = await openMailServer({ disabledCommands: ['AUTH'] });
    server = real;
    expect(await outcome(at(real, { encryption: 'tls' }))).to.match(/^server: .*certificate/);
    expect(real.mails).to.deep.equal([]);
  });

  it('is encrypted from the start, or from STARTTLS on, where the certificate is good', async () => {
    const trusted = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; // stands for a certificate that is trusted
    const warned = process.listeners('warning');
    process.removeAllListeners('warning');
    try {
      for (const encryption of ['tls', 'ssl'] as const) {
        const real = await openMailServer({ disabledCommands: ['AUTH'], secure: encryption === 'ssl' });
        expect(await outcome(at(real, { encryption }))).to.equal('taken');
        expect(real.mails[0]?.encrypted).to.equal(true);
        await real.close();
      }
    } finally {
      if (trusted === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = trusted;
      for (const listener of warned) process.on('warning', listener);
    }
  });
});
