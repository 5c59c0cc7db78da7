import { FloodGate, type Pulse } from '../../connection/index.ts';
import { type ServiceToken, service } from '../../framework/index.ts';

/** How often a connection may have passwords checked: each costs a tenth of a second of a processor. */
export const checksAllowed = { perSecond: 5, burst: 60 };

/** Counts checks of passwords per connection; one per host. Guessing one account's is Magento's lock-out to end. */
export const PasswordChecks: ServiceToken<FloodGate<number>> = service<FloodGate<number>>('store-api.PasswordChecks');
export const createPasswordChecks = (pulse: Pulse): FloodGate<number> => new FloodGate(0, () => pulse.milliseconds());
