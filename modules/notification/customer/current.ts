import { isPlaceholderEmail } from '../../customer/index.ts';
import type { Transaction } from '../../framework/index.ts';
import type { Withdrawal } from '../../mail/index.ts';
import { type Addressee, readAddressee } from './addressee.ts';

/** True for the address of a customer whose provider has sent none: it reaches nobody. */
export const isUnmailable = (email: string): boolean => email === '' || isPlaceholderEmail(email);

/**
 * The customer whom a mail goes to now. The address is read anew, because a mail that was queued for a former address
 * must not reach whoever has that one today.
 */
export async function currentAddressee(tx: Transaction, customerId: number): Promise<Addressee | Withdrawal> {
  const customer = await readAddressee(tx, customerId);
  if (!customer) return { withdrawn: 'The customer is gone.' };
  if (!customer.active) return { withdrawn: 'The customer was deactivated meanwhile.' };
  if (isUnmailable(customer.email)) return { withdrawn: 'The customer has no e-mail address.' };
  return customer;
}
