import type { CapturedChange } from '../../change-capture/index.ts';
import type { HookEvent } from '../hook-event.ts';

/** An event and what tells it from all others. */
export interface DistinctEvent {
  readonly event: HookEvent;
  readonly distinct: string;
}

const addressScopes = {
  'address-created': 'store/customer/address/created',
  'address-updated': 'store/customer/address/updated',
  'address-deleted': 'store/customer/address/deleted',
} as const;

/** Every scope that a change of a customer may come under. */
export const changeScopes: readonly string[] = [
  ...Object.values(addressScopes),
  ...['created', 'updated', 'deleted', 'group', 'password'].map((word) => `store/customer/${word}`),
];

/** What subscriptions are told of a change. Only a new password is no update: nothing that can be read has changed. */
export function scopesOf({ kind, aspects }: Pick<CapturedChange, 'kind' | 'aspects'>): readonly string[] {
  if (kind === 'created' || kind === 'deleted') return [`store/customer/${kind}`];
  if (kind !== 'updated') return [addressScopes[kind]];
  const onlyPassword = aspects.length > 0 && aspects.every((aspect) => aspect === 'password');
  return [
    ...(onlyPassword ? [] : ['store/customer/updated']),
    ...(aspects.includes('group') ? ['store/customer/group'] : []),
    ...(aspects.includes('password') ? ['store/customer/password'] : []),
  ];
}

function eventsOf(change: CapturedChange): readonly DistinctEvent[] {
  const { customerId, addressId, websiteId, cause, atMs } = change;
  const data =
    addressId !== null && change.kind.startsWith('address-')
      ? { type: 'customer', id: addressId, address: { customer_id: customerId } }
      : { type: 'customer', id: customerId };
  return scopesOf(change).map((scope) => ({
    event: { scope, data, customerId, websiteId, cause, atMs },
    distinct: `change ${change.id}`,
  }));
}

/**
 * The events of a batch of changes, in their order. Nothing is folded here: what one hand did to a customer in a batch the
 * pump has made one change of, and what several did is told for each of them, since some are told of one and not of the other.
 */
export const eventsOfChanges = (changes: readonly CapturedChange[]): readonly DistinctEvent[] =>
  changes.flatMap(eventsOf);
