import { type Clock, type Database, type Logger, sql } from '../../../framework/index.ts';
import { type Endpoint, messageOf, type Sender } from '../attempt/sender.ts';
import { type Attempt, verdictOfError } from '../attempt/verdict.ts';
import type { Random } from '../endpoint/backoff.ts';
import { type ClaimedDelivery, claimLanes, claimMargin } from '../lane/claim.ts';
import { type Outcome, outcomeOf } from '../lane/outcome.ts';
import type { DeliverySettings } from '../settings.ts';
import { createPace } from './pace.ts';
import type { Places } from './places.ts';
import type { Settler } from './settler.ts';

/** Requests under way to one endpoint, by one process. */
export const perEndpoint = 4;
/**
 * An attempt that could not be over by so long before its claim runs out is left to others: the clocks of processes may
 * differ a little.
 */
const attemptMargin = 5_000;

/** The deliveries of one subscription, by one process. What is slow here slows down nobody else. */
export interface Channel {
  /** Sends what is due, until nothing is. */
  pump(): void;
  /** Sends one delivery to an endpoint that was left alone until then, and more if that one arrives. */
  probe(pausedUntilMs: number): void;
  /** The endpoint is to be left alone, or not any more. */
  hold(held: boolean): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

export interface ChannelRoom {
  readonly database: Database;
  readonly sender: Sender;
  readonly settler: Settler;
  readonly places: Places;
  readonly settings: DeliverySettings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly random: Random;
  /** A name that no claim had before. */
  readonly newClaim: () => string;
  readonly stopped: () => boolean;
  /** Cuts attempts that are under way. */
  readonly signal: AbortSignal;
  /** Told of every attempt. */
  readonly tried: (delivery: ClaimedDelivery, attempt: Attempt) => void;
}

export function createChannel(room: ChannelRoom, webhookId: number): Channel {
  const { database, sender, settler, places, settings, clock, logger, random } = room;
  const now = () => clock.now().getTime();
  const pace = createPace();
  const running = new Set<Promise<unknown>>();
  let queue: ClaimedDelivery[] = [];
  let endpoint: Promise<Endpoint | undefined> = Promise.resolve(undefined);
  let claiming: Promise<boolean> | undefined;
  let workers = 0;
  let held = false;
  let probing = false;

  /** Counts until it has ended, and its failure is said. */
  function run(what: string, work: () => Promise<unknown>): void {
    const running1: Promise<unknown> = work()
      .catch((err: unknown) => logger.error({ err, webhook: webhookId }, `${what} failed; it is tried again`))
      .finally(() => running.delete(running1));
    running.add(running1);
  }
  const note = (outcome: Outcome): Promise<void> => {
    const noted = settler.settle(outcome);
    run('noting a delivery', () => noted);
    return noted;
  };
  const giveBack = (delivery: ClaimedDelivery): Promise<void> =>
    note({ kind: 'returned', delivery, dueMs: delivery.dueMs });

  /** True when there may be more. */
  async function claim(most: number): Promise<boolean> {
    const nowMs = now();
    const untilMs = nowMs + 1_000 * (await settings.get('timeout')) + claimMargin;
    const claimed = await claimLanes(database, webhookId, { name: room.newClaim(), nowMs, untilMs, most });
    for (const lane of claimed.empty) void note({ kind: 'empty', lane: { ...lane, untilMs } });
    queue = [...queue, ...claimed.deliveries];
    pace.claimed(claimed.deliveries.length);
    if (claimed.deliveries.length > 0) {
      endpoint = sender.endpoint(webhookId);
      // It is asked for by each attempt, which says what is wrong with it.
      endpoint.catch(() => {});
    }
    return claimed.deliveries.length + claimed.empty.length > 0;
  }

  async function next(): Promise<ClaimedDelivery | undefined> {
    for (;;) {
      if (room.stopped() || held) {
        for (const delivery of queue.splice(0)) void giveBack(delivery);
        return undefined;
      }
      const delivery = queue.shift();
      // Where there is more, it is claimed before the last ones are sent.
      if (!delivery || (queue.length < perEndpoint && pace.full())) claimMore();
      if (delivery) return delivery;
      // That it failed is said once, and tried again with the next look.
      if (!(await claiming?.catch(() => false))) return undefined;
    }
  }

  function claimMore(): void {
    if (claiming) return;
    pace.emptied();
    const more = claim(pace.size()).finally(() => {
      claiming = undefined;
      // Whoever would have sent it may have ended meanwhile.
      if (queue.length > 0 && workers === 0) run('delivering', work);
    });
    claiming = more;
    run('claiming', () => more);
  }

  async function attemptAt(delivery: ClaimedDelivery): Promise<Attempt | undefined> {
    try {
      const known = await endpoint;
      if (!known?.webhook.active) {
        // Given back, it would be claimed again at once.
        held = true;
        return undefined;
      }
      return await sender.send(await sender.prepare(known, messageOf(delivery)), room.signal);
    } catch (error) {
      return verdictOfError(error, 0);
    }
  }

  /** Makes an attempt; true when it arrived. What failed is written down before anything else is tried. */
  async function deliver(delivery: ClaimedDelivery, probe: boolean): Promise<boolean> {
    const timeout = 1_000 * (await settings.get('timeout'));
    const late = delivery.untilMs - now() < timeout + attemptMargin;
    const attempt = late || room.stopped() ? undefined : await attemptAt(delivery);
    if (!attempt) {
      await giveBack(delivery);
      return false;
    }
    room.tried(delivery, attempt);
    const noted = note(outcomeOf(delivery, attempt, probe, now(), random));
    const arrived = attempt.verdict === 'delivered';
    if (!arrived) await noted;
    return arrived;
  }

  async function work(): Promise<void> {
    workers++;
    try {
      for (let delivery = await next(); delivery; delivery = await next()) {
        const taken = delivery;
        await places.within(() => deliver(taken, false));
      }
    } finally {
      workers--;
    }
  }

  async function probeOnce(pausedUntilMs: number): Promise<void> {
    const untilMs = now() + 1_000 * (await settings.get('timeout')) + claimMargin;
    // Of several processes one makes the request; were it to end over it, the pause would, too.
    const move = (from: number, to: number) =>
      database.run(
        sql`UPDATE {vestibule_webhook} SET paused_until_ms = ${to} WHERE webhook_id = ${webhookId} AND paused_until_ms = ${from} AND is_active = 1`,
      );
    if ((await move(pausedUntilMs, untilMs)).affectedRows !== 1) return;
    let arrived = false;
    try {
      while (queue.length === 0 && (await claim(1))) {}
      const delivery = queue.shift();
      if (delivery) arrived = await places.within(() => deliver(delivery, true));
      for (const other of queue.splice(0)) void giveBack(other);
    } finally {
      // Where nothing was heard of the endpoint, the next one may try at once.
      if (!arrived) await move(untilMs, pausedUntilMs);
    }
    if (arrived) pump();
  }

  function pump(): void {
    held = false;
    for (let started = workers; started < perEndpoint; started++) run('delivering', work);
  }

  return {
    pump,
    probe(pausedUntilMs) {
      if (probing || workers > 0) return;
      probing = true;
      held = false;
      run('probing', () =>
        probeOnce(pausedUntilMs).finally(() => {
          probing = false;
        }),
      );
    },
    hold(now) {
      held = now;
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
