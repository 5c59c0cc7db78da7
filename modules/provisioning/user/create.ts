import { DuplicateKeyError } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';
import { connectionOf, type ProvisioningContext, type Room } from '../room.ts';
import { resolveConflict } from './conflict.ts';
import { insertUser, mapUser } from './insert.ts';

/**
 * POST /Users (RFC 7644 §3.3). A user that this connection deactivated or deleted under the same externalId comes back.
 *
 * @throws ScimError 409 `uniqueness`, 400 `invalidValue`, 403 where the connection may create nobody
 */
export async function createUser(room: Room, context: ProvisioningContext, document: Resource): Promise<Resource> {
  await room.customers.ready(room.database);
  const user = await mapUser(room, context, document);
  // Where nobody new may come, those who are known are still told apart from those who are not.
  if (!connectionOf(context).policy.newCustomers) return resolveConflict(room, context, user);
  try {
    return await room.database.transaction((tx) => insertUser(room, tx, context, user));
  } catch (error) {
    if (error instanceof DuplicateKeyError) return resolveConflict(room, context, user);
    throw error;
  }
}
