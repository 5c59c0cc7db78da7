import { type ServiceToken, service } from '../../framework/index.ts';

export const triggerStates = ['installed', 'missing', 'outdated', 'leftover'] as const;
/** `outdated`: of an older version, or of other columns; `leftover`: of a table or version that is no more. */
export type TriggerState = (typeof triggerStates)[number];

export interface TriggerStatus {
  readonly name: string;
  /** Empty for what is left over. */
  readonly table: string;
  readonly state: TriggerState;
}

/** The triggers by which changes of others are seen. */
export interface CaptureTriggers {
  status(): Promise<readonly TriggerStatus[]>;
  /**
   * Makes what is missing, makes anew what is outdated, removes what is left over. Answers what it found. Several processes
   * may do so at once.
   *
   * @throws CaptureError where the database user may not, or the tables stayed in use
   */
  install(): Promise<readonly TriggerStatus[]>;
  /** Removes all of them, those of older versions included. Answers how many. @throws CaptureError */
  remove(): Promise<number>;
}
export const CaptureTriggers: ServiceToken<CaptureTriggers> = service<CaptureTriggers>(
  'change-capture.CaptureTriggers',
);
