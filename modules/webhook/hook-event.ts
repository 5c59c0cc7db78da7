import {
  type ExtensionPoint,
  extensionPoint,
  type ServiceToken,
  service,
  type Transaction,
} from '../framework/index.ts';

/** Something that happened, as subscriptions are told of it. */
export interface HookEvent {
  /** `store/customer/created`: words between slashes, never a wildcard. */
  readonly scope: string;
  /** What it happened to, as BigCommerce writes it in `data`: `{ type: 'customer', id: 7 }`. */
  readonly data: { readonly type: string; readonly id: number | string; readonly [field: string]: unknown };
  /** Deliveries about one customer go out in order; null has no order. */
  readonly customerId: number | null;
  /** Null: every website's subscriptions. */
  readonly websiteId: number | null;
  /** Who asked for it; a subscription of that connection is not told (`connection:<id>`). */
  readonly cause: string | null;
  readonly atMs: number;
}

/** Tells subscriptions, in the transaction of what happened: both are kept or neither. */
export interface HookEvents {
  announce(tx: Transaction, events: readonly HookEvent[]): Promise<void>;
}
export const HookEvents: ServiceToken<HookEvents> = service<HookEvents>('webhook.HookEvents');

/** A scope that exists, for pickers and for the check of what is subscribed to. */
export interface HookScope {
  readonly scope: string;
  /** "A customer was created". */
  readonly label: string;
}

/** Rooms that announce events say here which. */
export const HookScopes: ExtensionPoint<HookScope> = extensionPoint<HookScope>('webhook.HookScopes');
