import type { Crossing } from './crossing.ts';
import { text } from './crossing.ts';

/** The store's customer groups, store views and websites as they are told: codes by their ids. */
export interface StoreChoices {
  readonly group: ReadonlyMap<number, string>;
  readonly store_view: ReadonlyMap<number, string>;
  readonly website: ReadonlyMap<number, string>;
}

/** Sent by code or id, held by id, told by code; by id where the store has made it a moment ago. */
export function storeChoice(codes: ReadonlyMap<number, string> | undefined): Crossing {
  return {
    ...text(255),
    named: true,
    toScim: (value) => (value === null ? undefined : (codes?.get(Number(value)) ?? String(value))),
  };
}
