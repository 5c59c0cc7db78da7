import type { MappedCustomer } from '../../attribute-mapping/index.ts';
import { isPlaceholderEmail } from '../../customer/index.ts';
import type { Transaction } from '../../framework/index.ts';
import { fold } from '../../scim/index.ts';
import { connectionOf, type ProvisioningContext } from '../room.ts';
import { type AddressOwner, isOfVerifiedDomain, ownersOf } from './find-person.ts';
import { SignInRefused } from './refused.ts';
import type { Arrival } from './sign-ins.ts';

/**
 * Whom the person's e-mail address means, where the policy lets it mean anybody: the address has to be of a domain that the
 * identity provider is known to own, and to belong to exactly one. A user who has signed in by another identifier is not
 * found by it, since addresses are given to new people and identifiers are not.
 *
 * @throws SignInRefused `AMBIGUOUS`, `ALREADY_LINKED`
 */
export async function foundByEmail(
  tx: Transaction,
  context: ProvisioningContext,
  { identifier, memory, policy }: Arrival,
  { attributes: { email } }: MappedCustomer,
): Promise<AddressOwner | undefined> {
  const connection = connectionOf(context);
  if (!policy.linkByEmail || typeof email !== 'string' || isPlaceholderEmail(email)) return undefined;
  if (!isOfVerifiedDomain(connection, email)) return undefined;
  const [owner, ...more] = await ownersOf(tx, connection, email);
  if (!owner) return undefined;
  if (more.length > 0)
    throw new SignInRefused(
      'AMBIGUOUS',
      `Several users have the e-mail address of this person; let SCIM tell them apart by an externalId or userName that is "${identifier}".`,
    );
  const { customerId } = owner;
  const others = (await memory.others(tx, customerId)).filter((other) => fold(other.identifier) !== fold(identifier));
  if (others.length > 0)
    throw new SignInRefused(
      'ALREADY_LINKED',
      `Customer ${customerId} has the e-mail address of this person and signs in by another identifier; if it is the same person, saml:unlink --connection ${connection.code} ${customerId} lets it be linked anew.`,
      customerId,
    );
  return owner;
}
