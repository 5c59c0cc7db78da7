import { type ServiceToken, service } from '../../../framework/index.ts';

/**
 * Carries out what administrators have decided: approved holds and restores. It stands in tables, so that it goes on after a
 * restart, in whichever process looks first.
 */
export interface GuardJobs {
  /** Works in the background on what is due; again when it is working already. */
  kick(): void;
  /** Works until nothing is left that is not claimed by another process. */
  drain(): Promise<void>;
  /** Looks for work and for open holds, now and every five seconds. */
  start(): void;
  /** Lets go after the customer or request that is under way. */
  stop(): Promise<void>;
}
export const GuardJobs: ServiceToken<GuardJobs> = service<GuardJobs>('provisioning.GuardJobs');
