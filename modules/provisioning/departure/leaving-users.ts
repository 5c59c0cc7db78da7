import { ourLock } from '../../customer/index.ts';
import { type Executor, sql, type Transaction } from '../../framework/index.ts';
import { isProtected } from '../protection/protection.ts';
import { forgetAssignments } from './leaving-groups.ts';

/** Users of one connection between two customer ids, both included. */
export interface UserSpan {
  readonly connectionId: number;
  readonly from: number;
  readonly to: number;
}

interface CountedUsers {
  is_deleted: number;
  is_open: number;
  is_protected: number;
  n: number;
}

/** How many users and remembered deleted users a connection has, how many of the users can be locked out, and how many are protected from it. */
export async function countUsers(db: Executor, connectionId: number) {
  const users = await db.all<CountedUsers>(
    sql`SELECT u.is_deleted, CASE WHEN c.is_active = 0 AND c.lock_expires = ${ourLock} THEN 0 ELSE 1 END AS is_open, ${isProtected} AS is_protected, COUNT(*) AS n FROM {vestibule_user} u JOIN {customer_entity} c ON c.entity_id = u.customer_id WHERE u.connection_id = ${connectionId} GROUP BY u.is_deleted, is_open, is_protected`,
  );
  const sum = (which: (row: CountedUsers) => boolean): number =>
    users.filter(which).reduce((total, { n }) => total + n, 0);
  return {
    users: sum(({ is_deleted }) => is_deleted === 0),
    tombstones: sum(({ is_deleted }) => is_deleted === 1),
    open: sum(({ is_deleted, is_open, is_protected }) => is_deleted === 0 && is_open === 1 && is_protected !== 1),
    protected: sum(({ is_deleted, is_protected }) => is_deleted === 0 && is_protected === 1),
  };
}

/** The next users of a connection by customer id, deleted ones included; their rows are held until the commit. */
export async function nextUsers(tx: Transaction, connectionId: number, limit: number) {
  const rows = await tx.all<{
    customer_id: number;
    is_deleted: number;
    lock_before: string | null;
    is_protected: number;
  }>(
    sql`SELECT u.customer_id, u.is_deleted, u.lock_before, (SELECT ${isProtected} FROM {customer_entity} c WHERE c.entity_id = u.customer_id) AS is_protected FROM {vestibule_user} u WHERE u.connection_id = ${connectionId} ORDER BY u.customer_id LIMIT ${limit} ${tx.dialect.forUpdate}`,
  );
  return rows.map((row) => ({
    customerId: row.customer_id,
    isDeleted: row.is_deleted === 1,
    lockBefore: row.lock_before,
    isProtected: row.is_protected === 1,
  }));
}

/** Makes customers ordinary shoppers: nobody manages them any more. */
export async function releaseUsers(tx: Transaction, { connectionId, from, to }: UserSpan): Promise<void> {
  forgetAssignments(tx, { connectionId, from, to });
  tx.later(
    sql`DELETE FROM {vestibule_user_email} WHERE connection_id = ${connectionId} AND customer_id BETWEEN ${from} AND ${to}`,
  );
  tx.later(
    sql`DELETE FROM {vestibule_user_document} WHERE connection_id = ${connectionId} AND customer_id BETWEEN ${from} AND ${to}`,
  );
  await tx.run(
    sql`DELETE FROM {vestibule_user} WHERE connection_id = ${connectionId} AND customer_id BETWEEN ${from} AND ${to}`,
  );
}

/** Moves users under another connection, with their documents. @throws DuplicateKeyError where a name is taken there */
export async function transferUsers(
  tx: Transaction,
  { connectionId, from, to }: UserSpan,
  target: number,
): Promise<void> {
  await tx.run(
    sql`UPDATE {vestibule_user} SET connection_id = ${target} WHERE connection_id = ${connectionId} AND customer_id BETWEEN ${from} AND ${to}`,
  );
  tx.later(
    sql`UPDATE {vestibule_user_email} SET connection_id = ${target} WHERE connection_id = ${connectionId} AND customer_id BETWEEN ${from} AND ${to}`,
  );
  tx.later(
    sql`UPDATE {vestibule_user_document} SET connection_id = ${target} WHERE connection_id = ${connectionId} AND customer_id BETWEEN ${from} AND ${to}`,
  );
}

export interface Collision {
  readonly attribute: 'userName' | 'externalId';
  /** Customers that have the same one, under the connection that goes and under the other. */
  readonly ours: number;
  readonly theirs: number;
}

const shownCollisions = 20;

/** Users of two connections that could not stand in one, the first twenty of each kind; deleted ones included. */
export async function collisionsBetween(
  db: Executor,
  from: number,
  to: number,
): Promise<{ shown: readonly Collision[]; more: boolean }> {
  const limit = shownCollisions + 1;
  const [names, externalIds] = [
    await db.all<{ ours: number; theirs: number }>(
      sql`SELECT u.customer_id AS ours, t.customer_id AS theirs FROM {vestibule_user} u JOIN {vestibule_user} t ON t.connection_id = ${to} AND t.user_name_key = u.user_name_key WHERE u.connection_id = ${from} ORDER BY u.customer_id LIMIT ${limit}`,
    ),
    await db.all<{ ours: number; theirs: number }>(
      sql`SELECT u.customer_id AS ours, t.customer_id AS theirs FROM {vestibule_user} u JOIN {vestibule_user} t ON t.connection_id = ${to} AND t.external_id = u.external_id WHERE u.connection_id = ${from} ORDER BY u.customer_id LIMIT ${limit}`,
    ),
  ];
  const shown = [
    ...names.slice(0, shownCollisions).map((pair) => ({ attribute: 'userName', ...pair }) as const),
    ...externalIds.slice(0, shownCollisions).map((pair) => ({ attribute: 'externalId', ...pair }) as const),
  ];
  return { shown, more: names.length > shownCollisions || externalIds.length > shownCollisions };
}
