import { type ServiceToken, service } from '../../framework/index.ts';
import type { Hold, HoldFilter } from './hold/hold.ts';
import type { StandingDenial } from './hold/lift.ts';
import type { HeldOperation } from './hold/request.ts';
import type { LossKind } from './loss.ts';
import type { PassedLoss } from './restore/wave.ts';

/** A held request, without what was in it. Times are UTC, `YYYY-MM-DD HH:MM:SS.mmm`. */
export interface HeldItem {
  readonly id: number;
  readonly operation: HeldOperation;
  /** The SCIM id. */
  readonly resource: string;
  /** The customer's address or the group's name. */
  readonly subject: string | null;
  readonly customers: number;
  /** What it would cost them; null once nobody of them is known any more. */
  readonly loss: LossKind | null;
  readonly tries: number;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly status: 'waiting' | 'done' | 'failed' | 'denied' | 'withdrawn' | 'superseded';
  readonly outcome: string | null;
  /** A password came along and was not kept. */
  readonly hadPassword: boolean;
}

/** What passed, with whom it cost. */
export interface PassedCustomer extends PassedLoss {
  /** Null once the row is gone. */
  readonly email: string | null;
}

/** A hold with what is held and what had passed, the first of each, and what a denial still refuses. */
export interface ShownHold extends Hold, StandingDenial {
  readonly held: readonly HeldItem[];
  /** Customers whom the wave cost something, and how many have it back. */
  readonly passed: number;
  readonly restored: number;
  readonly losses: readonly PassedCustomer[];
}

/** Who decides, and why. */
export interface Decider {
  readonly actor: string;
  readonly comment?: string | undefined;
}

/** What the guard holds, and what administrators decide about it. Refusals are GuardErrors. */
export interface GuardHolds {
  list(filter?: HoldFilter): Promise<Hold[]>;
  /** At most `limit` (200) held requests and losses each. */
  show(holdId: number, limit?: number): Promise<ShownHold>;
  /** A job carries out what is held. */
  approve(holdId: number, decider: Decider): Promise<Hold>;
  /** The customers keep what they have for seven days. */
  deny(holdId: number, decider: Decider): Promise<Hold>;
  /** Ends a denial before that. */
  lift(holdId: number, decider: Decider): Promise<Hold>;
  /** A job brings back whom the wave cost something. */
  restore(holdId: number, decider: Decider): Promise<Hold>;
}
export const GuardHolds: ServiceToken<GuardHolds> = service<GuardHolds>('provisioning.GuardHolds');
