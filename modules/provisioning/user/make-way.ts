import type { MappedValue } from '../../attribute-mapping/index.ts';
import { sql, type Transaction } from '../../framework/index.ts';
import type { Resource } from '../../scim/index.ts';
import { isProtected } from '../protection/protection.ts';
import { connectionOf, type ProvisioningContext, type Room } from '../room.ts';
import { keysOf } from './user-rows.ts';

/**
 * Takes from deleted users what a living one is about to have: the externalId that a tombstone remembers, and the e-mail
 * address of its customer, which gets a placeholder and keeps its orders.
 */
export async function makeWay(
  room: Room,
  tx: Transaction,
  context: ProvisioningContext,
  document: Resource,
  email: MappedValue | undefined,
): Promise<void> {
  const connection = connectionOf(context);
  const { externalId } = keysOf(document);
  if (externalId !== null)
    await tx.run(
      sql`UPDATE {vestibule_user} SET external_id = NULL WHERE connection_id = ${connection.id} AND external_id = ${externalId} AND is_deleted = 1`,
    );
  if (typeof email !== 'string') return;
  const owner = await room.customers.findByEmail(tx, connection.websiteId, email, { forUpdate: true });
  const tombstone =
    owner &&
    (await tx.first(
      sql`SELECT u.customer_id FROM {vestibule_user} u JOIN {customer_entity} c ON c.entity_id = u.customer_id WHERE u.customer_id = ${owner.id} AND u.is_deleted = 1 AND ${isProtected} = 0 ${tx.dialect.forUpdate}`,
    ));
  if (!owner || !tombstone) return;
  await room.customers.moveEmailAside(tx, owner.id, context.now);
  context.notes.push('The address belonged to a deleted user; its former customer was given a placeholder.');
}
