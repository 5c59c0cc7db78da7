import type { Executor } from '../database/executor.ts';
import { type Event, event } from '../module/event.ts';
import { type ServiceToken, service } from '../module/token.ts';

/**
 * The database was brought back from a backup. Whatever it says is still to be done may have been done since the backup was
 * made, so that rooms hold what others would notice twice. Emitted once, by the first server that starts, in the transaction
 * that notes it and before anything else of a server begins.
 */
export const DatabaseRestored: Event<Restored> = event('framework.DatabaseRestored');

export interface Restored {
  /** When it was recognised, milliseconds since 1970: what is older stood in the backup. */
  readonly restoredMs: number;
}

/** Whether the database goes on from where this installation last was, or from a backup. */
export interface Continuity {
  /** Looks, and tells rooms of a restored database; from then on once an hour notes that it is in use. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** What is older than this stood in a backup, as known when this process started; 0 where there was none. */
  heldBefore(): number;
  /** The last time that it was brought back; undefined where it never was. */
  last(db: Executor): Promise<Restored | undefined>;
  /** Tells rooms, whatever can be seen: for backups that keep the age of tables, such as a snapshot of a disk. */
  declare(): Promise<Restored>;
}
export const Continuity: ServiceToken<Continuity> = service<Continuity>('framework.Continuity');
