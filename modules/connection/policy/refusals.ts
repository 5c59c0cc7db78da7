import type { Connection } from '../connection.ts';
import { type PolicySwitch, policySwitches } from './policy-words.ts';

/** What a protocol asks for, in SCIM's words; anything else is a question that no switch is about. */
export type WantedOperation = 'create' | 'replace' | 'patch' | 'delete' | (string & {});

function isOff({ code }: Connection, name: PolicySwitch, effect: string): string {
  const { label, option } = policySwitches[name];
  return `${label} is off for the connection "${code}"${effect}; SCIM Configuration in the administration (connection:set --code ${code} --${option} on) turns it on.`;
}

/** What everybody who comes by a paused connection is told. */
export const pausedRefusal = ({ code }: Pick<Connection, 'code'>): string =>
  `The connection "${code}" is paused; its page in the administration (connection:resume) turns it on again.`;

/** Why a connection serves nothing at the moment, or undefined. */
export function serviceRefusal(connection: Connection): string | undefined {
  if (!connection.active) return pausedRefusal(connection);
  return connection.policy.scim ? undefined : isOff(connection, 'scim', '');
}

/**
 * Why an operation is refused before anybody looks at what it would change, or undefined. Changing a user may mean to
 * deactivate it, which has a switch of its own: that question is left to {@link changeRefusal}.
 */
export function operationRefusal(
  connection: Connection,
  operation: WantedOperation,
  resourceType: string | undefined,
): string | undefined {
  const { policy } = connection;
  if (operation === 'create' && !policy.create) return isOff(connection, 'create', ', so nothing is made');
  if (operation === 'delete' && !policy.delete) return isOff(connection, 'delete', ', so nothing is deleted');
  if (operation !== 'replace' && operation !== 'patch') return undefined;
  const mayDeactivate = resourceType === 'User' && policy.deactivate;
  return policy.update || mayDeactivate ? undefined : isOff(connection, 'update', ', so nothing is changed');
}

/** What a request would change of a user that is there already. */
export interface UserChange {
  /** It takes the right to log in from somebody who has it. */
  readonly deactivates: boolean;
  /** It changes anything else, bringing somebody back included. */
  readonly updates: boolean;
}

/** Why a change of a user is refused, or undefined. A request that changes nothing is never refused. */
export function changeRefusal(connection: Connection, { deactivates, updates }: UserChange): string | undefined {
  const { policy } = connection;
  if (deactivates && !policy.deactivate) return isOff(connection, 'deactivate', ', so the user stays active');
  return updates && !policy.update ? isOff(connection, 'update', ', so the user stays as it is') : undefined;
}

/** Why nobody is created whom the store does not know yet, or undefined. */
export const newCustomerRefusal = (connection: Connection): string | undefined =>
  connection.policy.newCustomers
    ? undefined
    : isOff(connection, 'newCustomers', ', so only customers that are known already are served');

/** Why a customer that nobody manages is not taken over, or undefined. */
export function takeoverRefusal(
  { code, match, policy }: Connection,
  customerId: number,
  email: string,
): string | undefined {
  const exists = `Customer ${customerId} exists in the store and is managed by no connection; `;
  if (match === 'refuse')
    return `${exists}the match policy of "${code}" refuses to take it over (Policies and Safeguards in the administration, or connection:set --code ${code} --match link, allows it).`;
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  if (policy.verifiedDomains.length === 0 || policy.verifiedDomains.includes(domain)) return undefined;
  return `${exists}its e-mail address is of none of the verified domains of "${code}", so it is not taken over (Policies and Safeguards in the administration, or connection:set --code ${code} --verified-domains, names them).`;
}
