import { type Event, event } from '../module/event.ts';
import { type ServiceToken, service } from '../module/token.ts';

/**
 * A server process of this machine has ended without having said so: killed, crashed. What it had claimed may be claimed at
 * once: names of its claims are like `heldBy(process)`. Emitted by one of the others, in the transaction that forgets it. Of
 * processes of other machines nobody knows; their claims run out by themselves.
 */
export const ProcessEnded: Event<{ readonly process: string }> = event('framework.ProcessEnded');

/** Which server processes are at work on this database. */
export interface Presence {
  /** Notes this process, looks for others of this machine that have ended, and does so every two seconds from now on. */
  start(): Promise<void>;
  /** One look. Answers how many have ended. */
  look(): Promise<number>;
  /** Says good-bye. */
  stop(): Promise<void>;
}
export const Presence: ServiceToken<Presence> = service<Presence>('framework.Presence');
