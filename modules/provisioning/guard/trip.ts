import type { Loss } from './loss.ts';

/** Why the guard lets nothing pass. */
export interface Tripped {
  /** How many customers would have lost something within the window, this request's among them. */
  readonly wouldBe: number;
  readonly limit: number;
  /** How many were active at the beginning of the window; counted no further than the limit depends on it. */
  readonly active: number;
  readonly kind: Loss['kind'];
  /** The customer's address or the group's name. */
  readonly subject: string;
  /** Whom the request would cost something. */
  readonly customers: readonly number[];
}

/** Thrown inside the transaction of a request that must wait for a decision; everything of it is rolled back. */
export class GuardTrip extends Error {
  readonly tripped: Tripped;
  constructor(tripped: Tripped) {
    super('The mass-deprovision guard holds this request.');
    this.name = 'GuardTrip';
    this.tripped = tripped;
  }
}
