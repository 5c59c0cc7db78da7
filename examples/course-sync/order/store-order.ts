import type { Order } from './orders.ts';

/** A row of `sales_order`, as far as it matters. */
export interface StoreOrderRow {
  readonly entity_id: number;
  readonly increment_id: string | null;
  readonly customer_id: number | null;
  readonly state: string | null;
  /** `YYYY-MM-DD HH:MM:SS`. */
  readonly updated_at: string;
}

/** A row of `sales_order_item`; quantities are decimals as text. */
export interface StoreItemRow {
  readonly order_id: number;
  readonly sku: string | null;
  readonly qty_invoiced: string | number | null;
  readonly qty_refunded: string | number | null;
}

/** States in which an order gives nothing, whatever its items say. */
const ended: ReadonlySet<string> = new Set(['canceled', 'closed']);

/** An order as Magento keeps it: an item stands while more of it is invoiced than refunded. */
export function storeOrder(row: StoreOrderRow, items: readonly StoreItemRow[]): Order {
  const standing = ended.has(row.state ?? '')
    ? []
    : items.filter(({ qty_invoiced, qty_refunded }) => Number(qty_invoiced ?? 0) > Number(qty_refunded ?? 0));
  return {
    number: row.increment_id ?? String(row.entity_id),
    customerId: row.customer_id,
    skus: [...new Set(standing.flatMap(({ sku }) => sku ?? []))],
  };
}
