import {
  type Catalogue,
  type Clock,
  type Database,
  idList,
  type ServiceToken,
  service,
  sql,
  sqlTimestamp,
  type Transaction,
} from 'vestibule/framework';
import type { Orders } from './orders.ts';
import type { OrderSettings } from './settings.ts';
import { type StoreItemRow, type StoreOrderRow, storeOrder } from './store-order.ts';

/** Orders at a time. */
const batch = 200;
/** Orders are read once they have rested so long: a transaction that is open has its moment, but nobody sees it yet. */
const rest = 30_000;
const name = 'orders';

interface WalkRoom {
  readonly database: Database;
  readonly catalogue: Catalogue;
  readonly orders: Orders;
  readonly settings: OrderSettings;
  readonly clock: Clock;
}

interface Position {
  readonly updatedAt: string;
  readonly entityId: number;
}

/** Reads the store's own orders, if there are any, in the order in which they changed. */
export interface OrderWalk {
  /** Goes on where it was; the first time from now on. Answers how many orders were read. */
  walk(stopped: () => boolean): Promise<number>;
  /** Goes back to a moment. What was read once is read again, which changes nothing. */
  from(moment: Date): Promise<void>;
  /** Whether the store's order tables are in this database. */
  possible(): Promise<boolean>;
}
export const OrderWalk: ServiceToken<OrderWalk> = service<OrderWalk>('course-sync.OrderWalk');

export function createOrderWalk({ database, catalogue, orders, settings, clock }: WalkRoom): OrderWalk {
  async function possible(): Promise<boolean> {
    const [order, item] = await Promise.all([catalogue.columns('sales_order'), catalogue.columns('sales_order_item')]);
    const has = (columns: typeof order, names: readonly string[]) =>
      names.every((one) => columns.some((column) => column.name === one));
    return (
      has(order, ['entity_id', 'increment_id', 'customer_id', 'state', 'updated_at']) &&
      has(item, ['order_id', 'sku', 'qty_invoiced', 'qty_refunded'])
    );
  }
  async function step(tx: Transaction, until: string): Promise<number> {
    const at = await tx.first<Position>(
      sql`SELECT updated_at AS updatedAt, entity_id AS entityId FROM {vestibule_course_position} WHERE name = ${name} ${tx.dialect.forUpdateUnlessHeld}`,
    );
    if (!at) return 0;
    const rows = await tx.all<StoreOrderRow>(
      sql`SELECT entity_id, increment_id, customer_id, state, updated_at FROM {sales_order} WHERE updated_at >= ${at.updatedAt} AND updated_at <= ${until} AND (updated_at > ${at.updatedAt} OR entity_id > ${at.entityId}) ORDER BY updated_at, entity_id LIMIT ${batch}`,
    );
    const last = rows.at(-1);
    if (!last) return 0;
    const items = await tx.all<StoreItemRow>(
      sql`SELECT order_id, sku, qty_invoiced, qty_refunded FROM {sales_order_item} WHERE order_id IN (${idList(rows.map(({ entity_id }) => entity_id))})`,
    );
    const nowMs = clock.now().getTime();
    for (const row of rows)
      await orders.apply(
        tx,
        storeOrder(
          row,
          items.filter((item) => item.order_id === row.entity_id),
        ),
        nowMs,
      );
    await tx.run(
      sql`UPDATE {vestibule_course_position} SET updated_at = ${last.updated_at}, entity_id = ${last.entity_id} WHERE name = ${name}`,
    );
    return rows.length;
  }
  const begin = (moment: Date) => sqlTimestamp(moment);

  return {
    possible,
    async walk(stopped) {
      if (!(await settings.get('walk')) || !(await possible())) return 0;
      const now = clock.now();
      await database.run(
        sql`${database.dialect.insertIgnoreInto} {vestibule_course_position} (name, updated_at, entity_id) VALUES (${name}, ${begin(now)}, 0)`,
      );
      const until = sqlTimestamp(new Date(now.getTime() - rest));
      for (let all = 0; ; ) {
        const read = stopped() ? 0 : await database.transaction((tx) => step(tx, until));
        if (read === 0) return all;
        all += read;
      }
    },
    async from(moment) {
      await database.transaction(async (tx) => {
        await tx.run(
          sql`INSERT INTO {vestibule_course_position} (name, updated_at, entity_id) VALUES (${name}, ${begin(moment)}, 0) ${tx.dialect.onDuplicate(['name'], ['updated_at', 'entity_id'])}`,
        );
      });
    },
  };
}
