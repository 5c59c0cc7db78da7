import { type Clock, type Database, type Logger, newHolder } from '../../../framework/index.ts';
import type { Sender } from '../attempt/sender.ts';
import type { Attempt } from '../attempt/verdict.ts';
import type { Settled } from '../endpoint/write-health.ts';
import { type ClaimedDelivery, survey } from '../lane/claim.ts';
import type { Books } from '../lane/settle.ts';
import type { DeliverySettings } from '../settings.ts';
import { type Channel, createChannel } from './channel.ts';
import { createPlaces } from './places.ts';
import { createSettler } from './settler.ts';

/** Requests under way at once, to all endpoints, by one process. */
const mostAtOnce = 200;

/** Sends what is due, endpoint by endpoint; several processes on one database share the work. */
export interface Dispatcher {
  /** One cheap statement; sets going what is due. Answers how many endpoints there was something for. */
  look(): Promise<number>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /** Attempts that were made. */
  attempts(): number;
  /** Begins nothing more. What is claimed and not under way is given back. */
  stop(): void;
}

export function createDispatcher(room: {
  readonly books: Books;
  readonly sender: Sender;
  readonly settings: DeliverySettings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly tried?: (delivery: ClaimedDelivery, attempt: Attempt) => void;
}): Dispatcher {
  const { books, clock, logger, tried } = room;
  const { database, random }: { database: Database; random: () => number } = books;
  const me = newHolder();
  const channels = new Map<number, Channel>();
  let claims = 0;
  let attempts = 0;
  let stopped = false;

  function heard({ webhookId, active, health }: Settled): void {
    const { pausedUntilMs } = health;
    channels.get(webhookId)?.hold(!active || (pausedUntilMs !== null && pausedUntilMs > clock.now().getTime()));
  }
  const settler = createSettler({ books, clock, logger, heard });
  const shared = {
    ...room,
    database,
    random,
    settler,
    places: createPlaces(mostAtOnce),
    newClaim: () => `${me}.${(++claims).toString(36)}`,
    stopped: () => stopped,
    tried(delivery: ClaimedDelivery, attempt: Attempt) {
      attempts++;
      tried?.(delivery, attempt);
    },
  };
  function channelOf(webhookId: number): Channel {
    const channel = channels.get(webhookId) ?? createChannel(shared, webhookId);
    channels.set(webhookId, channel);
    return channel;
  }

  return {
    async look() {
      const due = await survey(database, clock.now().getTime());
      if (stopped) return 0;
      for (const { webhookId, pausedUntilMs, troubled } of due) {
        if (troubled) settler.troubled(webhookId);
        const channel = channelOf(webhookId);
        if (pausedUntilMs === null) channel.pump();
        else channel.probe(pausedUntilMs);
      }
      return due.length;
    },
    async idle() {
      await Promise.all([...channels.values()].map((channel) => channel.idle()));
    },
    attempts: () => attempts,
    stop() {
      stopped = true;
    },
  };
}
