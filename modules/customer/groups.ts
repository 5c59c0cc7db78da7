import { type ConfigReader, type Events, type Executor, type Sql, sql } from '../framework/index.ts';
import type { MetadataCache } from './attributes/metadata.ts';
import { CustomerError } from './customer-error.ts';
import type { CustomerGroup, CustomerGroups } from './group.ts';
import { isForCustomers, moveCustomers } from './group-move.ts';
import type { createAccount } from './settings.ts';

interface GroupRow {
  customer_group_id: number;
  customer_group_code: string;
  tax_class_id: number;
}

const groupOf = (row: GroupRow): CustomerGroup => ({
  id: row.customer_group_id,
  code: row.customer_group_code,
  taxClassId: row.tax_class_id,
});

/** Magento's "Retail Customer", for a store whose default group is gone. */
const retailTaxClass = 3;

/** The service behind the token `CustomerGroups`. */
export function makeCustomerGroups({
  config,
  events,
  metadata,
}: {
  readonly config: ConfigReader<(typeof createAccount)['fields']>;
  readonly events: Events;
  readonly metadata: Pick<MetadataCache, 'get'>;
}): CustomerGroups {
  const one = async (db: Executor, where: Sql): Promise<CustomerGroup | undefined> => {
    const row = await db.first<GroupRow>(sql`SELECT customer_group_id, customer_group_code, tax_class_id
      FROM {customer_group} WHERE ${where} ORDER BY customer_group_id LIMIT 1`);
    return row === undefined ? undefined : groupOf(row);
  };

  return {
    list: async (db) => {
      const rows = await db.all<GroupRow>(sql`SELECT customer_group_id, customer_group_code, tax_class_id
        FROM {customer_group} ORDER BY customer_group_id`);
      return rows.map(groupOf);
    },
    byCode: (db, code) => one(db, sql`customer_group_code = ${code}`),
    byId: (db, id) => one(db, sql`customer_group_id = ${id}`),
    create: async (tx, given) => {
      const code = given.trim();
      if (code === '' || [...code].length > 32) throw invalid(code, 'A code has 1 to 32 characters.');
      const defaultGroup = await config.get('default_group');
      // The table has no unique key on the code: the row of group 0, which nobody changes, is the lock for creating.
      await tx.first(
        sql`SELECT customer_group_id FROM {customer_group} WHERE customer_group_id = 0 ${tx.dialect.forUpdate}`,
      );
      const taken = await tx.first(
        sql`SELECT customer_group_id FROM {customer_group} WHERE customer_group_code = ${code} ${tx.dialect.forUpdate}`,
      );
      if (taken !== undefined) throw invalid(code, 'A group has this code already; use that one.');
      const taxClassId = (await one(tx, sql`customer_group_id = ${defaultGroup}`))?.taxClassId ?? retailTaxClass;
      const { insertId } = await tx.run(
        sql`INSERT INTO {customer_group} (customer_group_code, tax_class_id) VALUES (${code}, ${taxClassId})`,
      );
      if (!isForCustomers(insertId))
        throw invalid(code, `Its id would be ${insertId}; a customer's row can't hold it.`);
      return insertId;
    },
    orDefault: async (tx, id, websiteId) => {
      if (isForCustomers(id) && (await one(tx, sql`customer_group_id = ${id}`))) return id;
      return config.get('default_group', websiteId === null ? undefined : { website: websiteId });
    },
    move: (tx, customerIds, id, options, now) => moveCustomers({ events, metadata }, tx, customerIds, id, options, now),
  };
}

const invalid = (code: string, why: string): CustomerError =>
  new CustomerError('CUSTOMER_GROUP_INVALID', `The customer group "${code.slice(0, 60)}" cannot be created. ${why}`);
