import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A message as the server got it. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Header and body, as sent. */
  readonly raw: string;
  readonly encrypted: boolean;
}

/** A real SMTP server on loopback that keeps what it is given. */
export interface MailServer {
  readonly port: number;
  readonly mails: ReceivedMail[];
  /** How many connections were opened. */
  readonly connections: number;
  /** Asked for each message before it is taken; an error refuses it, a promise delays it. */
  beforeTaking: (mail: ReceivedMail) => void | Promise<void>;
  /** Asked for each recipient. */
  beforeRecipient: (address: string) => void | Promise<void>;
  close(): Promise<void>;
}

/** An answer of the server that is no success. */
export const answer = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });

/** Without TLS and login unless `options` say so. */
export async function openMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const told = { mails: [] as ReceivedMail[], connections: 0 };
  const mailServer: MailServer = {
    get port() {
      return (server.server.address() as AddressInfo).port;
    },
    get mails() {
      return told.mails;
    },
    get connections() {
      return told.connections;
    },
    beforeTaking: () => {},
    beforeRecipient: () => {},
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    closeTimeout: 10,
    logger: false,
    onConnect(_, done) {
      told.connections++;
      done();
    },
    async onRcptTo({ address }, _, done) {
      await settle(async () => mailServer.beforeRecipient(address), done);
    },
    async onData(stream, session, done) {
      const pieces: Buffer[] = [];
      for await (const piece of stream) pieces.push(piece as Buffer);
      const mail = {
        from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address,
        to: session.envelope.rcptTo.map(({ address }) => address),
        raw: Buffer.concat(pieces).toString('utf8'),
        encrypted: session.secure,
      };
      await settle(async () => {
        await mailServer.beforeTaking(mail);
        told.mails.push(mail);
      }, done);
    },
    ...options,
  });
  // A client that hangs up is what some tests are about.
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return mailServer;
}

async function settle(work: () => Promise<void>, done: (error?: Error | null) => void): Promise<void> {
  try {
    await work();
    done();
  } catch (error) {
    done(error as Error);
  }
}

/** The value of a header, folded lines joined. */
export function header({ raw }: ReceivedMail, name: string): string | undefined {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  const line = head.split('\r\n').find((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return line?.slice(name.length + 1).trim();
}

/** A part of the message, decoded. */
export function part({ raw }: ReceivedMail, type: 'text/plain' | 'text/html'): string {
  const found = raw.split(/\r\n--[^\r\n]+/).find((one) => one.toLowerCase().includes(`content-type: ${type}`)) ?? '';
  const [head = '', ...body] = found.trimStart().split('\r\n\r\n');
  const content = body.join('\r\n\r\n');
  if (/content-transfer-encoding: base64/i.test(head)) return Buffer.from(content, 'base64').toString('utf8');
  if (!/content-transfer-encoding: quoted-printable/i.test(head)) return content;
  const bytes = content
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
