import type { Connection } from '../../connection/index.ts';
import { type CustomerState, ourLock } from '../../customer/index.ts';
import { sqlTimestamp } from '../../framework/index.ts';
import type { ProvisioningContext } from '../room.ts';
import { SignInRefused } from './refused.ts';
import type { Arrival } from './sign-ins.ts';

/**
 * Nobody comes in whom the store or SCIM keeps out. What counts is the customer's row, as for every other log-in: whom SCIM
 * deactivated and an administrator has activated again may sign in.
 *
 * @throws SignInRefused `INACTIVE`, `LOCKED`
 */
export function requireOpen({ id, attributes }: CustomerState, now: Date): void {
  const { is_active, lock_expires } = attributes;
  if (is_active !== 1 || lock_expires === ourLock)
    throw new SignInRefused(
      'INACTIVE',
      `Customer ${id} is deactivated, so nobody signs in as it; SCIM (active) or an administrator activates it again.`,
      id,
    );
  if (typeof lock_expires === 'string' && lock_expires > sqlTimestamp(now))
    throw new SignInRefused(
      'LOCKED',
      `Customer ${id} is locked until ${lock_expires} UTC because of failed log-ins with a password.`,
      id,
    );
}

/**
 * Signing in as somebody is more than any change of them: a customer that no connection may change is not entered by one.
 *
 * @throws SignInRefused `PROTECTED`
 */
export function requireEnterable(customerId: number, isProtected: boolean): void {
  if (isProtected)
    throw new SignInRefused(
      'PROTECTED',
      `Customer ${customerId} is protected: no connection may change it or sign anybody in as it; Protected Customers in the administration (customer:unprotect ${customerId}) allows it.`,
      customerId,
    );
}

/** @throws SignInRefused `CONNECTION_PAUSED` */
export function requireServing({ code, active }: Connection): void {
  if (!active)
    throw new SignInRefused(
      'CONNECTION_PAUSED',
      `The connection "${code}" is paused; its page in the administration (connection:resume) turns it on again.`,
    );
}

const longestIdentifier = 255;

/** Nobody is told by nothing. @throws SignInRefused `INVALID` */
export function requireIdentifier({ notes }: ProvisioningContext, { identifier }: Pick<Arrival, 'identifier'>): void {
  if (identifier.trim() !== '' && identifier.length <= longestIdentifier) return;
  throw new SignInRefused('INVALID', ['Nothing that came tells who the person is.', ...notes].join(' '));
}
