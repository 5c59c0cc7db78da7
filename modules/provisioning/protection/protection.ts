import { type Executor, type Sql, sql } from '../../framework/index.ts';
import { forbidden, type ScimError } from '../../scim/index.ts';

/** 1 where the customer `c` is protected, itself or by its customer group; two looks into small indexes. */
export const isProtected: Sql = sql`CASE WHEN EXISTS (SELECT 1 FROM {vestibule_protected_customer} pc WHERE pc.customer_id = c.entity_id) OR EXISTS (SELECT 1 FROM {vestibule_protected_group} pg WHERE pg.customer_group_id = c.group_id) THEN 1 ELSE 0 END`;

/**
 * The same where one customer is held: as joins, which cost less than two looks by themselves. They hold the rows that
 * protect it, if there are any: then the request is refused anyway.
 */
export const protection: { readonly flag: Sql; readonly joins: Sql } = {
  flag: sql`CASE WHEN pc.customer_id IS NULL AND pg.customer_group_id IS NULL THEN 0 ELSE 1 END`,
  joins: sql`LEFT JOIN {vestibule_protected_customer} pc ON pc.customer_id = u.customer_id LEFT JOIN {vestibule_protected_group} pg ON pg.customer_group_id = c.group_id`,
};

/**
 * The same in a statement over many customers: where nothing is protected at all, which is found once, nobody is looked
 * up.
 */
export const isProtectedAmongMany: Sql = sql`CASE WHEN (EXISTS (SELECT 1 FROM {vestibule_protected_customer}) OR EXISTS (SELECT 1 FROM {vestibule_protected_group})) THEN ${isProtected} ELSE 0 END`;

/** 403: a connection wants to change a customer that is protected. */
export const protectedRefusal = (customerId: number): ScimError =>
  forbidden(
    `Customer ${customerId} is protected: no connection may change it; Protected Customers in the administration (customer:unprotect ${customerId}) allows it.`,
  );

/** @throws ScimError 403 for a protected customer; one statement */
export async function requireUnprotected(db: Executor, customerId: number): Promise<void> {
  const row = await db.first<{ is_protected: number }>(
    sql`SELECT ${isProtected} AS is_protected FROM {customer_entity} c WHERE c.entity_id = ${customerId}`,
  );
  if (Number(row?.is_protected ?? 0) === 1) throw protectedRefusal(customerId);
}

/** Whether no connection may put customers into a customer group; one statement. */
export async function isProtectedGroup(db: Executor, groupId: number): Promise<boolean> {
  const row = await db.first(
    sql`SELECT customer_group_id FROM {vestibule_protected_group} WHERE customer_group_id = ${groupId}`,
  );
  return row !== undefined;
}

/** @throws ScimError 403 where a connection wants to put customers into a protected customer group; one statement */
export async function requireOpenGroup(db: Executor, groupId: number): Promise<void> {
  if (await isProtectedGroup(db, groupId))
    throw forbidden(
      `The customer group ${groupId} is protected: no connection may put customers into it; Protected Customers in the administration (customer:unprotect --group ${groupId}) allows it.`,
    );
}
