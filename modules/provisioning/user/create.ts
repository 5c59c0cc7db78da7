import { DuplicateKeyError } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';
import type { ProvisioningContext, Room } from '../room.ts';
import { resolveConflict } from './conflict.ts';
import { insertUser, mapUser } from './insert.ts';

/**
 * POST /Users (RFC 7644 §3.3). A user that this connection deactivated or deleted under the same externalId comes back.
 *
 * @throws ScimError 409 `uniqueness`, 400 `invalidValue`
 */
export async function createUser(room: Room, context: ProvisioningContext, document: Resource): Promise<Resource> {
  await room.customers.ready(room.database);
  const user = await mapUser(room, context, document);
  try {
    return await room.database.transaction((tx) => insertUser(room, tx, context, user));
  } catch (error) {
    if (error instanceof DuplicateKeyError) return resolveConflict(room, context, user);
    throw error;
  }
}
