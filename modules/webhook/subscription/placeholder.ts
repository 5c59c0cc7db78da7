import { storeHash } from '../../connection/index.ts';
import type { HookEvent } from '../hook-event.ts';
import type { Webhook } from '../webhook.ts';

/** What stands in a destination for something that only a delivery knows. */
const placeholder = /\{([^{}]*)\}/g;

type Told = Pick<HookEvent, 'scope' | 'customerId' | 'websiteId' | 'data'>;

/** Each in the two spellings that guides use. What an event has nothing of becomes an empty text. */
const meanings: readonly {
  readonly names: readonly string[];
  readonly filled: string;
  readonly value: (event: Told, webhook: Pick<Webhook, 'connectionId'>) => string | number | null;
}[] = [
  { names: ['customerId', 'customer_id'], filled: 'the id of the customer', value: ({ customerId }) => customerId },
  {
    names: ['storeHash', 'store_hash'],
    filled: 'the store hash',
    value: (_, webhook) => storeHash(webhook.connectionId),
  },
  { names: ['storeId', 'store_id'], filled: 'the id of the website', value: ({ websiteId }) => websiteId },
  { names: ['scope'], filled: 'the scope, such as store/customer/created', value: ({ scope }) => scope },
  { names: ['id'], filled: 'the id of what it happened to', value: ({ data }) => data.id },
];
const meaningOf = (name: string) => meanings.find(({ names }) => names.includes(name));

/** The names that can be filled in. */
export const placeholderNames: readonly string[] = meanings.flatMap(({ names }) => names);

export interface Placeholder {
  /** Without the braces. */
  readonly name: string;
  /** In words, what is filled in; undefined where nobody knows the name. */
  readonly filled: string | undefined;
}

/** Every `{…}` of an address once, in order. */
export const placeholdersIn = (destination: string): readonly Placeholder[] =>
  [...new Set([...destination.matchAll(placeholder)].map(([, name = '']) => name))].map((name) => ({
    name,
    filled: meaningOf(name)?.filled,
  }));

/**
 * Where an event is sent. Values are encoded, so they stay inside the part of the path or query that they stand in;
 * names that nobody knows, and all of them where the administrator wants none filled in, stay as they were typed.
 */
export function filledDestination(
  webhook: Pick<Webhook, 'destination' | 'fillsPlaceholders' | 'connectionId'>,
  event: Told,
): string {
  if (!webhook.fillsPlaceholders) return webhook.destination;
  return webhook.destination.replace(placeholder, (typed, name: string) => {
    const meaning = meaningOf(name);
    return meaning ? encodeURIComponent(meaning.value(event, webhook) ?? '') : typed;
  });
}
