import type { Client } from './client.ts';
import type { Expect } from './expect.ts';
import type { Feature } from './provider.ts';

/** RFC 2119: a MUST that fails makes a service provider non-conformant, the others are advice. */
export type Level = 'MUST' | 'SHOULD' | 'MAY';

/** One requirement of an RFC, and how to find out whether it is met. */
export interface Check {
  /** The RFC, its section and a number of ours: `RFC7644-3.5.2-07`. Never given to another requirement. */
  readonly id: string;
  readonly level: Level;
  /** One sentence that is true of a conformant service provider. */
  readonly says: string;
  /** Where one of these is not announced, the requirement is skipped. */
  readonly needs?: readonly Feature[];
  run(client: Client, expect: Expect): Promise<void>;
}

/** The requirements of one part of the RFCs. */
export interface Area {
  /** As it is written after `--only`. */
  readonly name: string;
  readonly needs?: readonly Feature[];
  readonly checks: readonly Check[];
}
