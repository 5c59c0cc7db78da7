import type { CustomerState } from '../../customer/index.ts';
import { requireMatch, versionOf } from '../../scim/index.ts';
import { connectionOf, mappingFor, type ProvisioningContext, type Room } from '../room.ts';
import { renderShopper } from '../shopper/render.ts';
import { versionOfUser } from './render.ts';
import { renderUnmanaged, type UnmanagedCustomer } from './unmanaged.ts';
import type { UserRecord } from './user-record.ts';

/** Throws 412 where If-Match means another state of the user than the one it is held in. */
export function requireUserMatch(room: Room, context: ProvisioningContext, held: UserRecord): void {
  if (context.ifMatch === undefined) return;
  requireMatch(context, versionOfUser(held, mappingFor(room, context)));
}

/** The same for a shopper that nobody manages yet: the version is of as much as the policy lets be seen. */
export function requireShopperMatch(
  room: Room,
  context: ProvisioningContext,
  held: CustomerState,
  identified: UnmanagedCustomer,
): void {
  if (context.ifMatch === undefined) return;
  const shown =
    connectionOf(context).policy.visibility === 'managed'
      ? renderUnmanaged(identified, context.baseUrl)
      : renderShopper(held, mappingFor(room, context), context.baseUrl);
  requireMatch(context, versionOf(shown));
}
