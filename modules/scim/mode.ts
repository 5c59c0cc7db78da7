/**
 * How strictly messages are read. `compat` (default) understands what identity providers really send and notes each
 * deviation; `interop-strict` follows the interop profile (draft-zollner-scim-interop-profile) and refuses it.
 */
export type Mode = 'compat' | 'interop-strict';

/** How to read one message, and where to write down what was odd about it. */
export interface Reading {
  readonly mode: Mode;
  /** Deviations that were understood, each `<name of the deviation>: <where>`. Never holds values. */
  readonly notes: string[];
  /** Names of attributes outside every known schema, which were dropped. */
  readonly ignored: string[];
}

export function reading(given: Partial<Reading> = {}): Reading {
  return { mode: given.mode ?? 'compat', notes: given.notes ?? [], ignored: given.ignored ?? [] };
}
