import { type Executor, type ExtensionPoint, extensionPoint } from '../framework/index.ts';

/** As much of a change of this host's as is known before it leaves a row. */
export interface ChangeOrigin {
  /** Null where whoever makes the change does not know it: any website. */
  readonly websiteId: number | null;
  /** As in `CapturedChange.cause`. */
  readonly cause: string | null;
}

/**
 * Says for an observer of `ChangesCaptured` whether it would do anything with a change of this host's. Where nobody would,
 * the change leaves no row and costs nothing. An observer that nobody speaks for is always told.
 */
export interface ChangeInterest {
  /** The id of the observer. */
  readonly observer: string;
  /**
   * Asked in the transaction of each change, so it answers from memory: five seconds old at most, since other processes
   * change what it depends on, and never older than what this process itself has committed.
   */
  wants(db: Executor, origin: ChangeOrigin): boolean | Promise<boolean>;
}

/** Rooms that observe `ChangesCaptured`, and are not always interested, say so here. */
export const ChangeInterests: ExtensionPoint<ChangeInterest> = extensionPoint<ChangeInterest>(
  'change-capture.ChangeInterests',
);
