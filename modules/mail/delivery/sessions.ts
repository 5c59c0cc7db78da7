import { SmtpFailure } from '../smtp/failure.ts';
import type { SmtpServer } from '../smtp/server.ts';
import { openSession, type SmtpPatience, type SmtpSession, smtpPatience } from '../smtp/session.ts';
import type { ComposedMail } from './compose.ts';

/** Servers close a connection that carries too many. */
const mailsPerSession = 100;

/** Hands mails over, one after the other, by as few connections as will do. */
export interface Sessions {
  /** Resolves to undefined when the server has taken the mail; never rejects. */
  handOver(server: SmtpServer, mail: ComposedMail): Promise<SmtpFailure | undefined>;
  /** Ends the connection that is open. */
  close(): void;
}

export function createSessions(greetAs: string, signal: AbortSignal, patience: SmtpPatience = smtpPatience): Sessions {
  let open: { readonly to: string; readonly session: SmtpSession; left: number } | undefined;

  async function sessionWith(server: SmtpServer): Promise<SmtpSession> {
    const to = JSON.stringify(server);
    if (open && (open.to !== to || open.left <= 0)) close();
    open ??= { to, session: await openSession(server, greetAs, signal, patience), left: mailsPerSession };
    open.left--;
    return open.session;
  }
  function close(): void {
    open?.session.close();
    open = undefined;
  }

  return {
    close,
    async handOver(server, { from, to, message }) {
      try {
        const session = await sessionWith(server);
        const failure = await session.send({ from: server.returnPath ?? from.address, to: to.address }, message);
        // The server may want the next one to be begun otherwise than the failed one was ended.
        if (failure) open = undefined;
        return failure;
      } catch (error) {
        if (error instanceof SmtpFailure) return error;
        throw error;
      }
    },
  };
}
