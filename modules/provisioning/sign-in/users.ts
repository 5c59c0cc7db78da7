import type { Connection } from '../../connection/index.ts';
import { type Executor, idList, join, type ServiceToken, service, sql } from '../../framework/index.ts';
import { fold, type Resource } from '../../scim/index.ts';
import { printUserId } from '../user/user-id.ts';

/** What SCIM tells a user by. */
export interface UserIdentity {
  readonly customerId: number;
  /** The SCIM id. */
  readonly userId: string;
  readonly userName: string;
  readonly externalId: string | undefined;
  /** The document as it is stored: what the identity provider sent. */
  readonly document: Resource;
}

/** For whoever compares what two protocols say of one person. */
export interface SignInUsers {
  /** The living users that these customers of a connection are. One statement. */
  of(db: Executor, connection: Connection, customerIds: readonly number[]): Promise<ReadonlyMap<number, UserIdentity>>;
  /** The customers of living users whose externalId or userName is one of these identifiers, by identifier. One statement. */
  meantBy(
    db: Executor,
    connection: Connection,
    identifiers: readonly string[],
  ): Promise<ReadonlyMap<string, readonly number[]>>;
}
export const SignInUsers: ServiceToken<SignInUsers> = service<SignInUsers>('provisioning.SignInUsers');

interface UserRow {
  customer_id: number;
  generation: number;
  document: string;
}

/** Over the tables of users. */
export const createSignInUsers = (): SignInUsers => ({
  async of(db, { id }, customerIds) {
    if (customerIds.length === 0) return new Map();
    const rows = await db.all<UserRow>(
      sql`SELECT u.customer_id, u.generation, d.document FROM {vestibule_user} u JOIN {vestibule_user_document} d ON d.customer_id = u.customer_id WHERE u.customer_id IN (${idList(customerIds)}) AND u.connection_id = ${id} AND u.is_deleted = 0`,
    );
    return new Map(rows.map((row) => [row.customer_id, identityOf(row)]));
  },
  async meantBy(db, { id }, identifiers) {
    const found = new Map<string, number[]>();
    if (identifiers.length === 0) return found;
    const byKey = new Map<string, string[]>();
    for (const identifier of identifiers) {
      const key = fold(identifier);
      byKey.set(key, [...(byKey.get(key) ?? []), identifier]);
    }
    const add = (identifier: string, customerId: number): void => {
      const known = found.get(identifier) ?? [];
      if (!known.includes(customerId)) found.set(identifier, [...known, customerId]);
    };
    const rows = await db.all<{ customer_id: number; text: string; by_name: number }>(
      sql`SELECT customer_id, CAST(external_id AS CHAR) AS text, 0 AS by_name FROM {vestibule_user} WHERE connection_id = ${id} AND is_deleted = 0 AND external_id IN (${join([...new Set(identifiers)])}) UNION ALL SELECT customer_id, CAST(user_name_key AS CHAR) AS text, 1 AS by_name FROM {vestibule_user} WHERE connection_id = ${id} AND is_deleted = 0 AND user_name_key IN (${join([...byKey.keys()])})`,
    );
    for (const { customer_id, text, by_name } of rows) {
      if (by_name === 0) add(text, customer_id);
      else for (const identifier of byKey.get(text) ?? []) add(identifier, customer_id);
    }
    return found;
  },
});

function identityOf({ customer_id, generation, document }: UserRow): UserIdentity {
  const read = JSON.parse(document) as Resource;
  const { userName, externalId } = read;
  return {
    customerId: customer_id,
    userId: printUserId({ customerId: customer_id, generation }),
    userName: String(userName ?? ''),
    externalId: typeof externalId === 'string' && externalId !== '' ? externalId : undefined,
    document: read,
  };
}
