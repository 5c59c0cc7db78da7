import type { Connection } from '../../connection/index.ts';
import { type Event, event } from '../../framework/index.ts';

/** That the guard has begun to hold what a connection sends. */
export interface HeldDeprovisioning {
  readonly connection: Connection;
  readonly holdId: number;
  /** Customers who would have lost something within an hour. */
  readonly count: number;
  /** How many may. */
  readonly limit: number;
  readonly at: Date;
}

/** Told once for each hold, in the transaction that opens it, however many requests it comes to hold. */
export const DeprovisioningHeld: Event<HeldDeprovisioning> = event<HeldDeprovisioning>(
  'provisioning.DeprovisioningHeld',
);
