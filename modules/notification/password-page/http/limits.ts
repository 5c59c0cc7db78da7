import type { IncomingMessage } from 'node:http';
import { type ClientAddresses, FloodGate, neighbourhood, type Pulse } from '../../../connection/index.ts';
import { type ServiceToken, service } from '../../../framework/index.ts';

/** How much may come to the page. Each answers the seconds to wait, or undefined. */
export interface PasswordLimits {
  /** Of one network: hundreds of colleagues at once, and no flood. */
  visit(request: IncomingMessage): Promise<number | undefined>;
  /** Links of one network that are worth nothing: good ones are never counted. */
  worthless(request: IncomingMessage): Promise<number | undefined>;
  /** Passwords for one customer: each is hashed, or at least looked at. */
  password(customerId: number): number | undefined;
}
export const PasswordLimits: ServiceToken<PasswordLimits> = service<PasswordLimits>('notification.PasswordLimits');

const visits = { perSecond: 5, burst: 300 };
const worthlessLinks = { perSecond: 1 / 6, burst: 30 };
const passwords = { perSecond: 1 / 30, burst: 10 };

export function createPasswordLimits(addresses: ClientAddresses, pulse: Pulse): PasswordLimits {
  const now = () => pulse.milliseconds();
  const [visitors, guessers, customers] = [new FloodGate('', now), new FloodGate('', now), new FloodGate(0, now)];
  const networkOf = async (request: IncomingMessage): Promise<string> => {
    const address = await addresses.of(request);
    return address === undefined ? '' : neighbourhood(address);
  };
  return {
    visit: async (request) => visitors.pass(await networkOf(request), visits)?.retryAfter,
    worthless: async (request) => guessers.pass(await networkOf(request), worthlessLinks)?.retryAfter,
    password: (customerId) => customers.pass(customerId, passwords)?.retryAfter,
  };
}
