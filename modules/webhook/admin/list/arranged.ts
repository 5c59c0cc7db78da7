import type { GridState } from '../../../admin/index.ts';
import type { Webhook } from '../../webhook.ts';
import { nameOf } from '../places.ts';
import { stateOf, type WebhookState, webhookStates } from '../state.tsx';

/** What needs somebody comes first. */
const ranks: Readonly<Record<WebhookState, number>> = { disabled: 0, failing: 1, paused: 1, delivering: 2, off: 2 };
const rank = (webhook: Webhook, nowMs: number): number => ranks[stateOf(webhook, nowMs)];

/** Those that the filters leave, trouble first, then by name. There are few subscriptions: they are filtered and sorted here. */
export function arranged(
  all: readonly Webhook[],
  { filters }: Pick<GridState, 'filters'>,
  nowMs: number,
): readonly Webhook[] {
  const text = filters.text?.toLowerCase() ?? '';
  const state = webhookStates.find((known) => known === filters.state);
  return all
    .filter(({ name, destination, scope }) => `${name}\n${destination}\n${scope}`.toLowerCase().includes(text))
    .filter((webhook) => state === undefined || stateOf(webhook, nowMs) === state)
    .toSorted((a, b) => rank(a, nowMs) - rank(b, nowMs) || nameOf(a).localeCompare(nameOf(b), 'en') || a.id - b.id);
}

/** The page of them that an address asks for, and where the next one begins: behind so many. */
export function paged<T>(
  rows: readonly T[],
  state: Pick<GridState, 'after' | 'size'>,
): { rows: readonly T[]; next: number | undefined } {
  const from = Number(state.after?.[0] ?? 0);
  const first = Number.isSafeInteger(from) && from > 0 ? from : 0;
  const end = first + state.size;
  return { rows: rows.slice(first, end), next: end < rows.length ? end : undefined };
}
