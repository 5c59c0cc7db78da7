import { type Executor, type ServiceToken, service } from '../../../framework/index.ts';

export interface Resumed {
  /** Deliveries that were ended without having been sent. */
  readonly dropped: number;
  /** Customers whose deliveries go on, and events of no customer. */
  readonly released: number;
}

/**
 * What waited in a backup that the database was brought back from. It may have gone out since the backup was made, so it
 * waits until somebody decides, and what happens to the same customers waits behind it.
 */
export interface HeldDeliveries {
  /** Counted no further than `most`. */
  count(db: Executor, most: number): Promise<number>;
  /**
   * Sends it, under its old message ids and in order, or ends it unsent (`drop`); what happened after the backup was brought
   * back is sent in either case. Recorded under the name of who asked.
   */
  resume(drop: boolean, by: string): Promise<Resumed>;
}
export const HeldDeliveries: ServiceToken<HeldDeliveries> = service<HeldDeliveries>('webhook.HeldDeliveries');
