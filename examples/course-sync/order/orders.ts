import type { Customers } from 'vestibule/customer';
import { type Database, type Executor, type ServiceToken, service, sql, type Transaction } from 'vestibule/framework';
import type { Websites } from 'vestibule/store';
import { keyOf } from '../course/checked-mapping.ts';
import { CourseError } from '../course/course-error.ts';
import type { Mapping, Mappings } from '../course/mapping.ts';
import { enqueue } from '../queue/queue.ts';
import { type Reason, reasonChanges } from '../reason/reason.ts';
import { reasonsOfOrder, writeReasons } from '../reason/reason-rows.ts';
import { type OrderEvent, standingSkus } from './order-event.ts';

/** An order with a customer of the store. */
export interface Order {
  readonly number: string;
  /** Null: a guest's, or a customer's who is not known. Then nobody has what it gives. */
  readonly customerId: number | null;
  /** The SKUs that stand: paid, and neither refunded nor cancelled. */
  readonly skus: readonly string[];
}

/** What became of an order event. */
export type Taken = 'taken' | 'older' | 'nobody' | 'no-course';

export interface Orders {
  /** Makes what the order gives to be what it gives now, and puts whom it concerns into the queue. Answers whether it gives or gave anything. */
  apply(tx: Transaction, order: Order, nowMs: number): Promise<boolean>;
  /** The same for an event from outside; one that is older than what is known changes nothing. @throws CourseError `ORDER_INVALID` */
  take(database: Database, event: OrderEvent, nowMs: number): Promise<Taken>;
}
export const Orders: ServiceToken<Orders> = service<Orders>('course-sync.Orders');

export function createOrders({
  mappings,
  customers,
  websites,
}: {
  readonly mappings: Mappings;
  readonly customers: Customers;
  readonly websites: Websites;
}): Orders {
  async function apply(tx: Transaction, { number, customerId, skus }: Order, nowMs: number): Promise<boolean> {
    const stored = await reasonsOfOrder(tx, number);
    const granting = customerId === null ? [] : await mappings.ofProducts(tx, skus);
    if (granting.length + stored.length === 0) return false;
    const all = await mappings.byIds(tx, [...new Set(stored.map(({ mappingId }) => mappingId))]);
    const concerned = new Set([
      ...stored.map((reason) => reason.customerId),
      ...(customerId === null ? [] : [customerId]),
    ]);
    for (const id of [...concerned].sort((a, b) => a - b)) {
      const wanted = id === customerId ? granting.map((mapping) => reasonOf(mapping, number)) : [];
      const own = stored.filter((reason) => reason.customerId === id);
      await writeReasons(tx, id, reasonChanges(own, wanted, all), nowMs);
    }
    await enqueue(tx, [...concerned], nowMs);
    return true;
  }

  async function customerOf(db: Executor, who: OrderEvent['customer']): Promise<number | null> {
    if ('id' in who) return (await customers.byId(db, who.id)) ? who.id : null;
    const website = who.website === undefined ? await onlyWebsite(websites) : await websites.byCode(who.website);
    if (!website) throw new CourseError('ORDER_INVALID', `There is no website "${who.website}".`);
    const found = await customers.findByEmail(db, website.id, who.email);
    // The database may find jose@ for josé@: an order is nobody else's.
    return found && keyOf(String(found.attributes.email)) === keyOf(who.email) ? found.id : null;
  }

  return {
    apply,
    async take(database, event, nowMs) {
      // Before the transaction: what is kept for seconds must not be read anew on a second connection while it is open.
      await customers.ready(database);
      const customerId = await customerOf(database, event.customer);
      return database.transaction((tx) => takeFor(tx, event, customerId, nowMs));
    },
  };

  async function takeFor(tx: Transaction, event: OrderEvent, customerId: number | null, nowMs: number): Promise<Taken> {
    const skus = event.items.map(({ sku }) => sku);
    const mapped = await mappings.ofProducts(tx, skus);
    const known = await tx.first(
      sql`SELECT 1 AS one FROM {vestibule_course_order} WHERE order_number = ${event.order}`,
    );
    if (mapped.length === 0 && !known) return 'no-course';
    if (!(await newest(tx, event))) return 'older';
    await apply(tx, { number: event.order, customerId, skus: standingSkus(event.items) }, nowMs);
    return customerId === null ? 'nobody' : 'taken';
  }
}

const reasonOf = ({ id, kind, course }: Mapping, origin: string): Reason => ({
  mappingId: id,
  kind,
  origin,
  course,
  kept: false,
});

/** Remembers the event as the newest of its order, whose row is held from then on; false where a newer one was here. */
async function newest(tx: Transaction, { order, at }: OrderEvent): Promise<boolean> {
  await tx.run(
    sql`${tx.dialect.insertIgnoreInto} {vestibule_course_order} (order_number, at_ms) VALUES (${order}, ${0})`,
  );
  const { affectedRows } = await tx.run(
    sql`UPDATE {vestibule_course_order} SET at_ms = ${at.getTime()} WHERE order_number = ${order} AND at_ms <= ${at.getTime()}`,
  );
  return affectedRows === 1;
}

async function onlyWebsite(websites: Websites) {
  const shops = (await websites.websites()).filter(({ id }) => id !== 0);
  if (shops.length === 1) return shops[0];
  throw new CourseError('ORDER_INVALID', 'The store has several websites: say "website" beside "email".');
}
