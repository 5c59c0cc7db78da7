import { Readable } from 'node:stream';
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import { failureOf, type SmtpFailure, unreachable } from './failure.ts';
import type { SmtpServer } from './server.ts';

/** A message as SMTP carries it. */
export interface Envelope {
  readonly from: string;
  readonly to: string;
}

/** An open connection to a server, for one message after the other. After a failure it is closed. */
export interface SmtpSession {
  /** Resolves to undefined once the server has taken the message; never rejects. */
  send(envelope: Envelope, message: Buffer): Promise<SmtpFailure | undefined>;
  /** Says good-bye; nothing waits for it. */
  close(): void;
}

/** Milliseconds. The last covers everything a message takes; the queue believes a mail lost only long after it. */
export interface SmtpPatience {
  readonly connect: number;
  readonly answer: number;
}
export const smtpPatience: SmtpPatience = { connect: 20_000, answer: 300_000 };

/**
 * Connects and logs in. Cut off at once when `signal` aborts.
 *
 * @throws SmtpFailure `server`, for whatever keeps every mail from being handed over
 */
export async function openSession(
  server: SmtpServer,
  greetAs: string,
  signal: AbortSignal,
  patience: SmtpPatience = smtpPatience,
): Promise<SmtpSession> {
  const connection = new SMTPConnection(optionsFor(server, greetAs, patience));
  // Some failures are told as an event only, some to the callback too; the first to come settles what is waited for.
  let broken: (error: Error) => void = () => {};
  connection.on('error', (error: Error) => broken(error));
  connection.on('end', () => broken(new Error('The server closed the connection')));
  const cut = () => {
    broken(new Error('Stopped'));
    connection.close();
  };
  signal.addEventListener('abort', cut, { once: true });
  const step = (work: (done: (error?: Error | null) => void) => void): Promise<void> =>
    new Promise((resolve, reject) => {
      broken = reject;
      if (signal.aborted) cut();
      else work((error) => (error ? reject(error) : resolve()));
    });
  const close = () => {
    signal.removeEventListener('abort', cut);
    connection.close();
  };

  try {
    await step((done) => connection.connect(done));
    const { login } = server;
    if (login)
      await step((done) => {
        const credentials = { user: login.user, pass: login.password, options: {} };
        connection.login({ ...credentials, credentials, method: login.method }, done);
      });
  } catch (error) {
    close();
    throw unreachable(server, error);
  }
  return {
    async send({ from, to }, message) {
      let handedOver = false;
      // Asked for its content only once the server has accepted the addresses and said that it listens.
      const content = Readable.from(
        (function* () {
          handedOver = true;
          yield message;
        })(),
      );
      const tooSlow = setTimeout(() => {
        broken(new Error('The server took too long to answer'));
        connection.close();
      }, patience.answer);
      try {
        await step((done) => connection.send({ from, to: [to], size: message.length }, content, done));
        return undefined;
      } catch (error) {
        close();
        return failureOf(error, handedOver);
      } finally {
        clearTimeout(tooSlow);
      }
    },
    close() {
      signal.removeEventListener('abort', cut);
      broken = () => {};
      connection.quit();
      // Nobody waits for a server that does not say good-bye, least of all a command that has done its work.
      setTimeout(() => connection.close(), 1_000).unref();
    },
  };
}

function optionsFor(
  { host, port, encryption }: SmtpServer,
  name: string,
  patience: SmtpPatience,
): SMTPConnectionOptions {
  return {
    host,
    port,
    name,
    secure: encryption === 'ssl',
    ...(encryption === 'tls' ? { requireTLS: true } : {}),
    ...(encryption === 'none' ? { ignoreTLS: true } : {}),
    // From the name's look-up to the greeting and the end of STARTTLS.
    connectionTimeout: patience.connect,
    socketTimeout: patience.answer,
    tls: { minVersion: 'TLSv1.2' },
  };
}
