import { type Resource, ScimError } from '../../scim/index.ts';
import { connectionOf, mappingFor, type ProvisioningContext, type Room } from '../room.ts';
import { requireInScope } from '../scope/scope.ts';
import { SignInRefused } from './refused.ts';

/** Only whom the connection serves comes in. @throws SignInRefused `OUT_OF_SCOPE` */
export function inScope(room: Room, context: ProvisioningContext, user: Resource, customerId?: number): void {
  try {
    requireInScope(connectionOf(context), mappingFor(room, context), user);
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    throw new SignInRefused('OUT_OF_SCOPE', error.message, customerId, { cause: error });
  }
}
