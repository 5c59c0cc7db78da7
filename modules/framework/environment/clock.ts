import { type ServiceToken, service } from '../module/token.ts';

/** The time. Asked for as a service so that tests can set it. */
export interface Clock {
  now(): Date;
}
export const Clock: ServiceToken<Clock> = service<Clock>('framework.Clock');

export const systemClock: Clock = { now: () => new Date() };
