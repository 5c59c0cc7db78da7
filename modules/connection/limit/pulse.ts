import { type ServiceToken, service } from '../../framework/index.ts';

/** What limits are measured by: unlike the clock it never goes back. A service so that tests can set it. */
export interface Pulse {
  milliseconds(): number;
}
export const Pulse: ServiceToken<Pulse> = service<Pulse>('connection.Pulse');
