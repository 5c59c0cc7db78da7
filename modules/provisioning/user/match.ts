import { requireMatch, versionOf } from '../../scim/index.ts';
import { mappingFor, type ProvisioningContext, type Room } from '../room.ts';
import { versionOfUser } from './render.ts';
import { renderUnmanaged, type UnmanagedCustomer } from './unmanaged.ts';
import type { UserRecord } from './user-record.ts';

/** Throws 412 where If-Match means another state of the user than the one it is held in. */
export function requireUserMatch(room: Room, context: ProvisioningContext, held: UserRecord): void {
  if (context.ifMatch === undefined) return;
  requireMatch(context, versionOfUser(held, mappingFor(room, context)));
}

/** The same for a shopper that nobody manages yet. */
export function requireShopperMatch(context: ProvisioningContext, held: UnmanagedCustomer): void {
  if (context.ifMatch === undefined) return;
  requireMatch(context, versionOf(renderUnmanaged(held, context.baseUrl)));
}
