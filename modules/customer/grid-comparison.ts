import { type Executor, idList, type ServiceToken, service, sql, type Transaction } from '../framework/index.ts';
import type { MetadataCache } from './attributes/metadata.ts';
import type { AttributeValue, CustomerState } from './customer.ts';
import { deleteGridRow, type GridRow, gridRow } from './grid.ts';

/** A column of a grid row that says something else than the customer. */
export interface GridDifference {
  readonly column: string;
  /** What the customer comes to. */
  readonly expected: AttributeValue;
  readonly found: AttributeValue;
}

/** The rows of "All Customers" compared with the customers that they are made of. */
export interface CustomerGrid {
  /** By customer: columns that differ, `missing` without a row; who agrees is not among them. One statement. */
  differences(
    db: Executor,
    customers: readonly CustomerState[],
  ): Promise<ReadonlyMap<number, 'missing' | readonly GridDifference[]>>;
  /** Writes the row anew, whole. The customer is held. */
  rewrite(tx: Transaction, customer: CustomerState): Promise<void>;
  /** The next rows by their ids, and whose customer is gone. One statement. */
  next(
    db: Executor,
    after: number,
    most: number,
  ): Promise<readonly { readonly id: number; readonly orphaned: boolean }[]>;
  /** Takes out a row whose customer is gone; false where there is none such. */
  removeOrphan(tx: Transaction, id: number): Promise<boolean>;
}
export const CustomerGrid: ServiceToken<CustomerGrid> = service<CustomerGrid>('customer.CustomerGrid');

/** The store's own indexer and this room differ in what stands for nothing. */
const shown = (value: AttributeValue | undefined): string =>
  value === null || value === undefined || value === 0 ? '' : String(value);

function differencesOf(expected: GridRow, found: GridRow): GridDifference[] {
  return Object.entries(expected).flatMap(([column, value]) =>
    // A reindex may have made the table without some columns.
    !(column in found) || shown(value) === shown(found[column])
      ? []
      : [{ column, expected: value, found: found[column] ?? null }],
  );
}

/** Over `customer_grid_flat`. */
export function makeCustomerGrid(metadata: Pick<MetadataCache, 'get'>): CustomerGrid {
  return {
    async differences(db, customers) {
      const differing = new Map<number, 'missing' | readonly GridDifference[]>();
      if (customers.length === 0) return differing;
      const { custom } = (await metadata.get(db)).grid;
      const rows = await db.all<GridRow & { entity_id: number }>(
        sql`SELECT * FROM {customer_grid_flat} WHERE entity_id IN (${idList(customers.map(({ id }) => id))})`,
      );
      const byId = new Map(rows.map((row) => [row.entity_id, row]));
      for (const customer of customers) {
        const row = byId.get(customer.id);
        const found = row ? differencesOf(gridRow(customer, custom), row) : 'missing';
        if (found.length > 0) differing.set(customer.id, found);
      }
      return differing;
    },
    async rewrite(tx, customer) {
      const { grid } = await metadata.get(tx);
      tx.later(grid.upsert(gridRow(customer, grid.custom)));
    },
    async next(db, after, most) {
      const rows = await db.all<{ id: number; customer: number | null }>(
        sql`SELECT g.entity_id AS id, c.entity_id AS customer FROM {customer_grid_flat} g ${db.dialect.readBy('PRIMARY')} LEFT JOIN {customer_entity} c ON c.entity_id = g.entity_id WHERE g.entity_id > ${after} ORDER BY g.entity_id LIMIT ${most}`,
      );
      return rows.map(({ id, customer }) => ({ id, orphaned: customer === null }));
    },
    async removeOrphan(tx, id) {
      const customer = await tx.first(
        sql`SELECT entity_id FROM {customer_entity} WHERE entity_id = ${id} ${tx.dialect.forUpdate}`,
      );
      const row = await tx.first(
        sql`SELECT entity_id FROM {customer_grid_flat} WHERE entity_id = ${id} ${tx.dialect.forUpdate}`,
      );
      if (customer || !row) return false;
      deleteGridRow(tx, id);
      return true;
    },
  };
}
