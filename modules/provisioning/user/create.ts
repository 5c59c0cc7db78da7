import { DuplicateKeyError } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';
import { onBehalfOf } from '../cause.ts';
import { connectionOf, type ProvisioningContext, type Room } from '../room.ts';
import { adoptExisting } from './adopt-existing.ts';
import { resolveConflict } from './conflict.ts';
import { withExpressions } from './expressions.ts';
import { insertUser, mapUser } from './insert.ts';
import { newPasswordHash } from './password.ts';

/**
 * POST /Users (RFC 7644 §3.3). A user that this connection deactivated or deleted under the same externalId comes back.
 *
 * @throws ScimError 409 `uniqueness`, 400 `invalidValue`, 403 where the connection may create nobody
 */
export const createUser = (room: Room, context: ProvisioningContext, document: Resource): Promise<Resource> =>
  withExpressions(room, context, () => create(room, context, document));

async function create(room: Room, context: ProvisioningContext, document: Resource): Promise<Resource> {
  await room.customers.ready(room.database);
  const mapped = await mapUser(room, context, document);
  const passwordHash = await newPasswordHash(room, context, String(mapped.mapped.attributes.email));
  const user = passwordHash === undefined ? mapped : { ...mapped, passwordHash };
  const saysActive = document.active !== undefined && document.active !== null;
  try {
    const existing = await adoptExisting(room, context, user, saysActive);
    if (existing) return existing;
  } catch (error) {
    if (error instanceof DuplicateKeyError) return resolveConflict(room, context, user);
    throw error;
  }
  // Where nobody new may come, those who are known are still told apart from those who are not.
  if (!connectionOf(context).policy.newCustomers) return resolveConflict(room, context, user);
  try {
    return await onBehalfOf(room.database, connectionOf(context).id, (tx) => insertUser(room, tx, context, user));
  } catch (error) {
    if (error instanceof DuplicateKeyError) return resolveConflict(room, context, user);
    throw error;
  }
}
