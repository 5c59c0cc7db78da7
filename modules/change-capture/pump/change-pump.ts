import { type ServiceToken, service, type Transaction } from '../../framework/index.ts';

/** Brings captured changes from their table to those who observe `ChangesCaptured`. */
export interface ChangePump {
  /**
   * Hands on everything that is committed by now, in order. Answers how many rows that were; 0 also where another process
   * is at it. Where an observer throws, the batch stays in the table and the error is thrown.
   */
  pump(): Promise<number>;
  /** Looks regularly from now on, and soon after this host's own changes. */
  start(): void;
  /** Resolves once the batch under way is done. */
  stop(): Promise<void>;
  /** Rings once this transaction is committed: there is something to hand on. */
  ringAfter(tx: Transaction): void;
}
export const ChangePump: ServiceToken<ChangePump> = service<ChangePump>('change-capture.ChangePump');
