import { oneLine } from '../message/address.ts';
import type { SmtpServer } from './server.ts';

/**
 * What became of a message that the server did not take: `refused` for good; `deferred`: it may take it later; `server`:
 * the server itself cannot be worked with at present; `unknown`: the connection was lost when the message was on its way,
 * so that the server may have taken it.
 */
export type SmtpFailureKind = 'refused' | 'deferred' | 'server' | 'unknown';

/** The message is safe to show: it holds neither links nor what was said when logging in. */
export class SmtpFailure extends Error {
  override readonly name = 'SmtpFailure';
  readonly kind: SmtpFailureKind;

  constructor(kind: SmtpFailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** An error of nodemailer's connection. */
interface ConnectionError {
  readonly message: string;
  readonly code?: string;
  readonly originalCode?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

/** The failure of connecting, encrypting or logging in. */
export function unreachable({ host, port }: SmtpServer, error: unknown): SmtpFailure {
  const { code, responseCode, response, message } = error as ConnectionError;
  const where = `The SMTP server ${host}:${port}`;
  // Some servers repeat the line they did not like, and that line may be the password.
  if (code === 'EAUTH' || code === 'ENOAUTH')
    return new SmtpFailure(
      'server',
      `${where} does not accept the login${responseCode ? ` (${responseCode})` : ''}; see system/smtp/username, password and auth.`,
    );
  if (code === 'ETLS')
    return new SmtpFailure(
      'server',
      `${where} cannot be spoken to in private: ${shown(message)}; see system/smtp/ssl.`,
    );
  if (response) return new SmtpFailure('server', `${where} refuses: ${shown(response)}`);
  return new SmtpFailure('server', `${where} cannot be reached: ${shown(message)}`);
}

/** The failure of a message, after connecting went well. `handedOver`: its content was on its way. */
export function failureOf(error: unknown, handedOver: boolean): SmtpFailure {
  const { response, responseCode, message } = error as ConnectionError;
  // 421: the server is closing (RFC 5321 §4.2.1): it says nothing of this message, and did not take it.
  if (responseCode === 421)
    return new SmtpFailure('server', `The SMTP server is closing: ${shown(response ?? message)}`);
  if (responseCode !== undefined && responseCode >= 400)
    return new SmtpFailure(
      responseCode >= 500 ? 'refused' : 'deferred',
      `The SMTP server ${responseCode >= 500 ? 'refuses the mail' : 'does not take the mail now'}: ${shown(response ?? message)}`,
    );
  if (handedOver)
    return new SmtpFailure('unknown', `The connection was lost while the mail was handed over: ${shown(message)}`);
  return new SmtpFailure('server', `The connection to the SMTP server was lost: ${shown(message)}`);
}

/** A server's words, without links: they may quote one from the mail, with the token in it. */
const shown = (text: string): string =>
  oneLine(text)
    .replace(/[a-z][a-z0-9+.-]*:\/\/\S+/gi, '[link]')
    .replace(/\S*[?&=]\S*/g, '[…]')
    .slice(0, 300);
