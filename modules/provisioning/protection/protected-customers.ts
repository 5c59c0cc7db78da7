import type { Activities, ActivityEntry } from '../../activity/index.ts';
import { CustomerError, type CustomerGroup, type CustomerGroups } from '../../customer/index.ts';
import {
  type Executor,
  type ServiceToken,
  type Sql,
  service,
  sql,
  sqlTimestamp,
  type Transaction,
} from '../../framework/index.ts';

export interface ProtectedCustomer {
  readonly customerId: number;
  readonly email: string | null;
  readonly websiteId: number | null;
  readonly protectedAt: string;
  readonly protectedBy: string;
}

export interface ProtectedGroup {
  readonly groupId: number;
  /** Null where the store has no such group any more. */
  readonly code: string | null;
  readonly protectedAt: string;
  readonly protectedBy: string;
}

/** Whom an administrator means: an id, or an e-mail address (of one website, where several have it). */
export interface CustomerName {
  readonly name: string;
  readonly websiteId?: number | undefined;
}

/** Customers, and customer groups with all who are in them, that no connection may change. It takes effect at once. */
export interface ProtectedCustomers {
  customers(db: Executor, page?: { after?: number; limit?: number }): Promise<readonly ProtectedCustomer[]>;
  groups(db: Executor): Promise<readonly ProtectedGroup[]>;
  /** Answers the customer's id; a customer that is protected already stays so. @throws CustomerError `CUSTOMER_UNKNOWN` */
  protect(tx: Transaction, who: CustomerName, by: string, now: Date): Promise<number>;
  /** Answers whether it was protected itself, its group aside. @throws CustomerError `CUSTOMER_UNKNOWN` */
  unprotect(tx: Transaction, who: CustomerName, by: string, now: Date): Promise<{ customerId: number; was: boolean }>;
  /** By code or id. @throws CustomerError `CUSTOMER_GROUP_INVALID` */
  protectGroup(tx: Transaction, group: string, by: string, now: Date): Promise<CustomerGroup>;
  unprotectGroup(tx: Transaction, group: string, by: string, now: Date): Promise<{ groupId: number; was: boolean }>;
}
export const ProtectedCustomers: ServiceToken<ProtectedCustomers> = service<ProtectedCustomers>(
  'provisioning.ProtectedCustomers',
);

const mostShown = 1000;

/** The service over `vestibule_protected_customer` and `vestibule_protected_group`. */
export function createProtectedCustomers(customerGroups: CustomerGroups, activities: Activities): ProtectedCustomers {
  const record = (
    tx: Transaction,
    actor: string,
    at: Date,
    entry: Pick<ActivityEntry, 'operation' | 'customerId' | 'subject'>,
  ) => activities.record(tx, { at, actor, outcome: 'done', status: 200, ...entry });
  const groupOf = async (db: Executor, text: string): Promise<CustomerGroup> => {
    const byId = /^\d{1,5}$/.test(text) ? await customerGroups.byId(db, Number(text)) : undefined;
    const group = byId ?? (await customerGroups.byCode(db, text));
    if (group && group.id !== 0) return group;
    throw new CustomerError(
      'CUSTOMER_GROUP_INVALID',
      `There is no customer group "${text.slice(0, 60)}"; write the code or the id of one.`,
    );
  };
  return {
    async customers(db, { after = 0, limit = mostShown } = {}) {
      const rows = await db.all<{
        customer_id: number;
        email: string | null;
        website_id: number | null;
        protected_at: string;
        protected_by: string;
      }>(
        sql`SELECT p.customer_id, c.email, c.website_id, p.protected_at, p.protected_by FROM {vestibule_protected_customer} p JOIN {customer_entity} c ON c.entity_id = p.customer_id WHERE p.customer_id > ${after} ORDER BY p.customer_id LIMIT ${Math.min(limit, mostShown)}`,
      );
      return rows.map((row) => ({
        customerId: row.customer_id,
        email: row.email,
        websiteId: row.website_id,
        protectedAt: row.protected_at,
        protectedBy: row.protected_by,
      }));
    },
    async groups(db) {
      const rows = await db.all<{
        customer_group_id: number;
        customer_group_code: string | null;
        protected_at: string;
        protected_by: string;
      }>(
        sql`SELECT p.customer_group_id, g.customer_group_code, p.protected_at, p.protected_by FROM {vestibule_protected_group} p LEFT JOIN {customer_group} g ON g.customer_group_id = p.customer_group_id ORDER BY p.customer_group_id`,
      );
      return rows.map((row) => ({
        groupId: row.customer_group_id,
        code: row.customer_group_code,
        protectedAt: row.protected_at,
        protectedBy: row.protected_by,
      }));
    },
    async protect(tx, who, by, now) {
      const id = await customerNamed(tx, who);
      await tx.run(
        sql`INSERT INTO {vestibule_protected_customer} (customer_id, protected_at, protected_by) VALUES (${id}, ${sqlTimestamp(now)}, ${by.slice(0, 255)}) ${tx.dialect.onDuplicate(['customer_id'], ['protected_at', 'protected_by'])}`,
      );
      record(tx, by, now, { operation: 'customer.protect', customerId: id });
      return id;
    },
    async unprotect(tx, who, by, now) {
      const id = await customerNamed(tx, who);
      const { affectedRows } = await tx.run(sql`DELETE FROM {vestibule_protected_customer} WHERE customer_id = ${id}`);
      if (affectedRows > 0) record(tx, by, now, { operation: 'customer.unprotect', customerId: id });
      return { customerId: id, was: affectedRows > 0 };
    },
    async protectGroup(tx, text, by, now) {
      const group = await groupOf(tx, text);
      await tx.run(
        sql`INSERT INTO {vestibule_protected_group} (customer_group_id, protected_at, protected_by) VALUES (${group.id}, ${sqlTimestamp(now)}, ${by.slice(0, 255)}) ${tx.dialect.onDuplicate(['customer_group_id'], ['protected_at', 'protected_by'])}`,
      );
      record(tx, by, now, { operation: 'customer.protect', subject: `group ${group.code}` });
      return group;
    },
    async unprotectGroup(tx, text, by, now) {
      // A group that the store has deleted since is still named by its id.
      const groupId = /^\d{1,5}$/.test(text) ? Number(text) : (await groupOf(tx, text)).id;
      const { affectedRows } = await tx.run(
        sql`DELETE FROM {vestibule_protected_group} WHERE customer_group_id = ${groupId}`,
      );
      if (affectedRows > 0) record(tx, by, now, { operation: 'customer.unprotect', subject: `group ${groupId}` });
      return { groupId, was: affectedRows > 0 };
    },
  };
}

const unknown = (message: string): CustomerError => new CustomerError('CUSTOMER_UNKNOWN', message);

/** The one customer that is meant. @throws CustomerError `CUSTOMER_UNKNOWN` for none, and where several have the address */
async function customerNamed(db: Executor, { name, websiteId }: CustomerName): Promise<number> {
  const text = name.trim();
  const byId = /^\d{1,10}$/.test(text);
  const website: Sql = websiteId === undefined ? sql`1 = 1` : sql`website_id = ${websiteId}`;
  const rows = await db.all<{ entity_id: number; website_id: number | null }>(
    byId
      ? sql`SELECT entity_id, website_id FROM {customer_entity} WHERE entity_id = ${Number(text)}`
      : sql`SELECT entity_id, website_id FROM {customer_entity} WHERE email = ${text} AND ${website} ORDER BY entity_id LIMIT 3`,
  );
  const [first, second] = rows;
  if (first && !second) return first.entity_id;
  if (!first) throw unknown(`There is no customer ${byId ? text : `with the e-mail address "${text}"`}.`);
  throw unknown(
    `Customers of several websites have the e-mail address "${text}" (ids ${rows.map(({ entity_id }) => entity_id).join(', ')}); write the id of one.`,
  );
}
