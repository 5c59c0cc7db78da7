import { type Executor, type ServiceToken, service, type Transaction } from '../framework/index.ts';

export const payloadForms = ['light', 'full'] as const;
export type PayloadForm = (typeof payloadForms)[number];

/** A subscription, as it can be shown: header values and secrets stay inside. */
export interface Webhook {
  readonly id: number;
  /** The identity provider it tells, which is not told what it caused itself; null for receivers of no connection. */
  readonly connectionId: number | null;
  /** Null: all websites. That of its connection, where it has one. */
  readonly websiteId: number | null;
  readonly name: string;
  /** `store/customer/*`, `store/customer/created`, … */
  readonly scope: string;
  /** As it was typed, placeholders included. */
  readonly destination: string;
  /** Whether `{customerId}` and the like are filled in at each delivery; otherwise they are sent as they stand. */
  readonly fillsPlaceholders: boolean;
  readonly headerNames: readonly string[];
  readonly payload: PayloadForm;
  readonly active: boolean;
  /** Why it was switched off by itself. */
  readonly disabledBecause: string | null;
  /** Since when every delivery has failed. */
  readonly failingSinceMs: number | null;
  /** The receiver is left alone until then. */
  readonly pausedUntilMs: number | null;
  /** Until when the secret before the present one signs as well. */
  readonly oldSecretUntilMs: number | null;
  readonly createdMs: number;
  readonly updatedMs: number;
}

export interface NewWebhook {
  readonly connectionId?: number | null | undefined;
  readonly websiteId?: number | null | undefined;
  readonly name?: string | undefined;
  readonly scope: string;
  readonly destination: string;
  readonly fillsPlaceholders?: boolean | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly payload?: PayloadForm | undefined;
  readonly active?: boolean | undefined;
}
export type WebhookChanges = {
  readonly [K in keyof Omit<NewWebhook, 'connectionId'>]?: NewWebhook[K] | undefined;
};

/** What a delivery needs of a subscription: secrets in the clear, in memory only. */
export interface WebhookSecrets {
  readonly headers: Readonly<Record<string, string>>;
  /** `whsec_…`, the newest first; two during a rotation. */
  readonly secrets: readonly string[];
}

/** Subscriptions to what happens in the store. What changes is recorded under the name of who did it (`by`). */
export interface Webhooks {
  /** Answers the signing secret too; it is shown here and never again. @throws WebhookError */
  create(
    tx: Transaction,
    webhook: NewWebhook,
    now: Date,
    by?: string,
  ): Promise<{ readonly webhook: Webhook; readonly secret: string }>;
  /**
   * Sets what is given and nothing else; `headers` are the whole set then. Switching one on again forgets its failures.
   * @throws WebhookError
   */
  change(tx: Transaction, id: number, changes: WebhookChanges, now: Date, by?: string): Promise<Webhook>;
  /** What waits for delivery to it is not sent any more. @throws WebhookError `WEBHOOK_UNKNOWN` */
  delete(tx: Transaction, id: number, by?: string): Promise<void>;
  /**
   * The secret before signs as well until `overlapUntil`, seven days from now at most; in the past it ends at once.
   * @throws WebhookError
   */
  rotateSecret(
    tx: Transaction,
    id: number,
    overlapUntil: Date,
    now: Date,
    by?: string,
  ): Promise<{ readonly webhook: Webhook; readonly secret: string }>;
  find(db: Executor, id: number): Promise<Webhook | undefined>;
  /** By id; of a connection, of none (`null`), or all of them. */
  list(db: Executor, connectionId?: number | null): Promise<readonly Webhook[]>;
  /** @throws WebhookError `WEBHOOK_UNKNOWN` */
  secretsOf(db: Executor, id: number): Promise<WebhookSecrets>;
}
export const Webhooks: ServiceToken<Webhooks> = service<Webhooks>('webhook.Webhooks');
