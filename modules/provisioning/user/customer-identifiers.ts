import { CustomerIdentifiers } from '../../activity/index.ts';
import { Connections } from '../../connection/index.ts';
import { contribute, type Executor, idList, sql } from '../../framework/index.ts';
import { fold } from '../../scim/index.ts';

/** Customers by an identifier: look-ups in indexes, one statement for all connections. Deleted users keep their externalId. */
async function find(db: Executor, connectionIds: readonly number[], identifier: string): Promise<readonly number[]> {
  const exact = identifier.trim();
  const folded = fold(exact);
  const found = new Set<number>();
  const take = (rows: readonly { id: number }[]): void => rows.forEach(({ id }) => void found.add(id));
  take(await db.all(sql`SELECT entity_id AS id FROM {customer_entity} WHERE email = ${exact} LIMIT 100`));
  if (connectionIds.length > 0)
    take(
      await db.all(
        sql`SELECT customer_id AS id FROM {vestibule_user} WHERE connection_id IN (${idList(connectionIds)}) AND user_name_key = ${folded} UNION SELECT customer_id FROM {vestibule_user} WHERE connection_id IN (${idList(connectionIds)}) AND external_id = ${exact} UNION SELECT customer_id FROM {vestibule_user_email} WHERE connection_id IN (${idList(connectionIds)}) AND value_key = ${folded}`,
      ),
    );
  return [...found];
}

/** Lets reports of activity find an end user by userName, externalId, or an e-mail, the store's or the identity provider's. */
export const customerIdentifiers = contribute(CustomerIdentifiers, { connections: Connections }, ({ connections }) => ({
  find: async (db, identifier) =>
    find(
      db,
      (await connections.list(db)).map(({ id }) => id),
      identifier,
    ),
}));
