import { type Clock, type Database, type Logger, newHolder } from '../../framework/index.ts';
import type { SmtpFailure } from '../smtp/failure.ts';
import type { SmtpServer } from '../smtp/server.ts';
import { claim, type DueMail, dueMails, recoverInterrupted } from './claim.ts';
import type { Composer } from './compose.ts';
import { type Attempt, type Marker, markUnconfigured } from './mark.ts';
import { createPauses } from './pauses.ts';
import type { PostOffice } from './post-office.ts';
import type { Sessions } from './sessions.ts';

const batch = 20;
/** Mails that a dead process left are looked for this often. */
const recoverEvery = 60_000;

/** How many mails a look at the queue ended, by how. */
export interface Delivered {
  sent: number;
  failed: number;
  withdrawn: number;
  /** To be tried again later. */
  waiting: number;
  /** Kept because there is no server to give them to. */
  unconfigured: number;
}

export interface Delivery {
  /** Sends what is due, one mail after the other, until nothing is or `stopped` says so. One call at a time. */
  deliver(stopped: () => boolean): Promise<Delivered>;
}

/**
 * Delivery by one process of several. A mail is claimed by compare-and-set before a server hears of it, so that it is
 * sent by one of them. A process that is killed after the server took a mail and before that was written down leaves it
 * claimed; it is sent once more then: at most one duplicate, which bears the same Message-ID.
 */
export function createDelivery(room: {
  readonly database: Database;
  readonly postOffice: PostOffice;
  readonly composer: Composer;
  readonly mark: Marker;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly logger: Logger;
}): Delivery {
  const { database, postOffice, composer, mark, sessions, clock, logger } = room;
  const holder = newHolder();
  const pauses = createPauses();
  const now = () => clock.now().getTime();
  let recovered = Number.NEGATIVE_INFINITY;

  async function recover(): Promise<void> {
    if (now() - recovered < recoverEvery) return;
    recovered = now();
    await recoverInterrupted(database, recovered);
  }

  async function attempt(server: SmtpServer, due: DueMail): Promise<keyof Delivered | undefined> {
    const mail = await claim(database, due, holder, now());
    if (!mail) return undefined;
    const composed = await composer(mail);
    if ('end' in composed) return stateOf(await mark(mail, holder, composed, now()));
    const failure = await sessions.handOver(server, composed);
    if (failure?.kind === 'server' || failure?.kind === 'unknown') {
      const pause = pauses.begin(mail.websiteId, now());
      logger.warn({ mail: mail.id, seconds: pause / 1000 }, `${failure.message} Mails wait.`);
    } else pauses.end(mail.websiteId);
    const ended = await mark(mail, holder, endOf(failure, composed.to), now());
    if (ended === 'failed')
      logger.warn({ mail: mail.id, template: mail.template }, 'a mail failed; mail:list says why');
    return stateOf(ended);
  }

  return {
    async deliver(stopped) {
      const done: Delivered = { sent: 0, failed: 0, withdrawn: 0, waiting: 0, unconfigured: 0 };
      await recover();
      try {
        for (;;) {
          const mails = stopped() ? [] : await dueMails(database, now(), pauses.current(now()), batch);
          if (mails.length === 0) return done;
          for (const mail of mails) {
            if (stopped()) return done;
            if (pauses.current(now()).includes(mail.websiteId)) continue;
            const server = await postOffice.server(mail.websiteId);
            if ('missing' in server) {
              done.unconfigured += await markUnconfigured(database, mail.websiteId, server.missing, now());
              continue;
            }
            const ended = await attempt(server, mail);
            if (ended) done[ended]++;
          }
        }
      } finally {
        sessions.close();
      }
    },
  };
}

function endOf(failure: SmtpFailure | undefined, to: ComposedTo): Attempt {
  if (!failure) return { end: 'sent', to };
  if (failure.kind === 'refused') return { end: 'failed', note: failure.message, to };
  return { end: 'later', note: failure.message, to, unknown: failure.kind === 'unknown' };
}
type ComposedTo = Extract<Attempt, { end: 'sent' }>['to'];

const stateOf = (state: string): keyof Delivered => state as keyof Delivered;
