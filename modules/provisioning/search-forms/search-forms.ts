import type { Connection } from '../../connection/index.ts';
import { type Executor, type ServiceToken, service } from '../../framework/index.ts';

/** How far the users of a connection have come to the mapping in effect, as searches see them. */
export interface SearchFormsProgress {
  /** The version of the mapping that they are brought to, or were. */
  readonly version: number;
  /** False while there are users that filters and sorts may still see by an older mapping. */
  readonly finished: boolean;
  readonly done: number;
  readonly total: number;
  /** How many were seen by an older mapping. */
  readonly differed: number;
  /** UTC, `YYYY-MM-DD HH:MM:SS`; null while it has not begun. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

/**
 * Brings what filters and sorts read of users to what reads answer, once another mapping is in effect: a publication, a
 * rollback, an attribute of the store that was changed. No customer is touched. Where a run stands is remembered, so that
 * it goes on after a restart, in whichever process looks first.
 */
export interface SearchForms {
  /** Looks for work, where this host does such work by itself. */
  kick(): void;
  /** Works until nothing is left that is not claimed by another process. `told` hears of every batch. */
  drain(told?: (connection: Connection, progress: SearchFormsProgress) => void): Promise<void>;
  /** `countTo`: where no run has begun, users are counted no further. */
  progress(db: Executor, connection: Connection, countTo?: number): Promise<SearchFormsProgress>;
  /** When some process got on with a connection last, UTC, `YYYY-MM-DD HH:MM:SS`; null where none ever began. */
  movedAt(db: Executor, connection: Connection): Promise<string | null>;
  /** Looks for work now and every half minute. */
  start(): void;
  /** Lets go after the batch that is under way. */
  stop(): Promise<void>;
}
export const SearchForms: ServiceToken<SearchForms> = service<SearchForms>('provisioning.SearchForms');
