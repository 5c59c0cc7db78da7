import { type Executor, type ServiceToken, service, type Transaction } from '../../framework/index.ts';

export const deliveryStates = ['waiting', 'sending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** One event on its way to one subscription, or what became of it. */
export interface Delivery {
  readonly id: number;
  readonly webhookId: number;
  /** `webhook-id` of every attempt, `msg_…`. */
  readonly messageId: string;
  readonly scope: string;
  readonly customerId: number | null;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** When it happened; when it is tried next; when it ended. */
  readonly createdMs: number;
  readonly nextMs: number | null;
  readonly endedMs: number | null;
  /** It waits for a decision: `HeldDeliveries`. */
  readonly held: boolean;
  /** Of the last attempt. */
  readonly status: number | null;
  readonly durationMs: number | null;
  /** What went wrong, in words with a cure. */
  readonly note: string | null;
  /** The beginning of the receiver's answer, as text. */
  readonly answer: string | null;
}

export interface DeliveryFilter {
  readonly webhookId?: number | undefined;
  /** `waiting` holds what is being sent as well. */
  readonly state?: DeliveryState | undefined;
  /** Only those that have ended, delivered or failed: what can be sent once more. */
  readonly ended?: boolean | undefined;
  readonly customerId?: number | undefined;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

/** How much is on its way. */
export interface Backlog {
  readonly waiting: number;
  /** Milliseconds that the oldest has waited; 0 when none does. */
  readonly oldestMs: number;
  /** Subscriptions that fail at the moment, and those that were switched off by themselves. Those wait apart. */
  readonly failing: number;
  readonly disabled: number;
}

/** The answer to a test event, sent at once and past the queue. */
export interface TestAnswer {
  readonly ok: boolean;
  readonly status: number | null;
  readonly durationMs: number;
  readonly note: string | null;
  readonly answer: string | null;
  /** What was sent. */
  readonly request: { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string };
}

export interface Deliveries {
  /** Newest first; `before` is the id of the last one shown. */
  page(db: Executor, filter: DeliveryFilter, before: number | undefined, limit: number): Promise<readonly Delivery[]>;
  find(db: Executor, id: number): Promise<Delivery | undefined>;
  /** The newest one of each of these subscriptions. */
  latest(db: Executor, webhookIds: readonly number[]): Promise<ReadonlyMap<number, Delivery>>;
  /** How many there are; counted no further than `most`. */
  count(db: Executor, filter: DeliveryFilter, most: number): Promise<number>;
  /**
   * Sends once more what has ended by `now`, under its old message id and ahead of what is newer of the same customer.
   * Answers how many; of a span at most 5,000, so a caller goes on with the same `now` until nothing is left.
   * @throws WebhookError `DELIVERY_UNKNOWN`, `DELIVERY_NOT_ENDED`
   */
  replay(
    tx: Transaction,
    which: { readonly id: number } | (DeliveryFilter & { readonly webhookId: number }),
    now: Date,
  ): Promise<number>;
  /** @throws WebhookError `WEBHOOK_UNKNOWN` */
  test(webhookId: number): Promise<TestAnswer>;
  backlog(db: Executor): Promise<Backlog>;
}
export const Deliveries: ServiceToken<Deliveries> = service<Deliveries>('webhook.Deliveries');
