import { type CustomerState, isLockedOut } from '../../customer/index.ts';

/**
 * Whether somebody who is signed in may stay so: the customer is there and nobody has deactivated it. A lock for wrong
 * passwords is about passwords, and ends nobody's session.
 */
export const mayStay = (customer: CustomerState | undefined): customer is CustomerState =>
  customer !== undefined && customer.attributes.is_active !== 0 && !isLockedOut(customer);
