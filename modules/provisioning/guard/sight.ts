import { constant, idList, sql, sqlTimestampMs, type Transaction } from '../../framework/index.ts';
import { lookBack } from './limit.ts';

/** What the guard sees of a connection before a customer loses something. The ids are those of holds. */
export interface Sight {
  /** Denied this customer's loss. */
  readonly denied: number | null;
  /** Waits for a decision: while one does, nothing that weighs passes. */
  readonly open: number | null;
  /** Approved this customer's loss, and has not come to it yet. */
  readonly approved: number | null;
  /** Others who lost something within the window, no more counted than asked for. */
  readonly others: number;
  /** True where this customer has lost something within the window already. */
  readonly already: boolean;
}

/** When the window begins, that ends now. */
export const windowStart = (now: Date): Date => new Date(now.getTime() - lookBack);

const lookAt = constant(
  (connectionId: number, customerId: number, now: string, since: string, most: number) =>
    sql`SELECT (SELECT d.hold_id FROM {vestibule_guard_denial} d WHERE d.connection_id = ${connectionId} AND d.customer_id = ${customerId} AND d.until > ${now}) AS denied, (SELECT h.hold_id FROM {vestibule_guard_hold} h WHERE h.open_connection_id = ${connectionId}) AS open, (SELECT MAX(i.hold_id) FROM {vestibule_guard_held_customer} c JOIN {vestibule_guard_held} i ON i.held_id = c.held_id AND i.status = 'waiting' JOIN {vestibule_guard_hold} a ON a.hold_id = i.hold_id AND a.status = 'approved' AND a.connection_id = ${connectionId} WHERE c.customer_id = ${customerId} AND c.withdrawn = 0) AS approved, (SELECT COUNT(*) FROM (SELECT e.customer_id FROM {vestibule_guard_event} e WHERE e.connection_id = ${connectionId} AND e.counts = 1 AND e.at > ${since} AND e.customer_id <> ${customerId} LIMIT ${most}) w) AS others, (SELECT COUNT(*) FROM {vestibule_guard_event} m WHERE m.customer_id = ${customerId} AND m.at > ${since} AND m.counts = 1 AND m.connection_id = ${connectionId}) AS already`,
);

/** One statement, which reads index entries up to `most`. */
export async function sightOf(
  tx: Transaction,
  connectionId: number,
  customerId: number,
  now: Date,
  most: number,
): Promise<Sight> {
  const row = await tx.first<Omit<Sight, 'already'> & { already: number }>(
    lookAt(connectionId, customerId, sqlTimestampMs(now), sqlTimestampMs(windowStart(now)), most),
  );
  if (!row) throw new Error('a SELECT without a table answered no row');
  return { ...row, others: Number(row.others), already: Number(row.already) > 0 };
}

/** The same for several customers at once. */
export interface WideSight {
  readonly denied: number | null;
  readonly open: number | null;
  /** Whose loss an approved hold is about to carry out. */
  readonly approved: ReadonlySet<number>;
  /** Who lost something within the window, no more than asked for. */
  readonly window: ReadonlySet<number>;
}

/** Three statements, one more where an approved hold is at work. `customers` are few: at most as many as may be lost. */
export async function wideSightOf(
  tx: Transaction,
  connectionId: number,
  customers: readonly number[],
  now: Date,
  most: number,
): Promise<WideSight> {
  const ids = idList(customers);
  const row = await tx.first<{ denied: number | null; open: number | null; approved: number | null }>(
    sql`SELECT (SELECT MAX(d.hold_id) FROM {vestibule_guard_denial} d WHERE d.connection_id = ${connectionId} AND d.customer_id IN (${ids}) AND d.until > ${sqlTimestampMs(now)}) AS denied, (SELECT h.hold_id FROM {vestibule_guard_hold} h WHERE h.open_connection_id = ${connectionId}) AS open, (SELECT MAX(a.hold_id) FROM {vestibule_guard_hold} a WHERE a.connection_id = ${connectionId} AND a.status = 'approved') AS approved`,
  );
  const approved = new Set<number>();
  if (row?.approved) {
    const rows = await tx.all<{ customer_id: number }>(
      sql`SELECT DISTINCT c.customer_id FROM {vestibule_guard_held_customer} c JOIN {vestibule_guard_held} i ON i.held_id = c.held_id AND i.status = 'waiting' JOIN {vestibule_guard_hold} a ON a.hold_id = i.hold_id AND a.status = 'approved' AND a.connection_id = ${connectionId} WHERE c.customer_id IN (${ids}) AND c.withdrawn = 0`,
    );
    for (const { customer_id } of rows) approved.add(customer_id);
  }
  const seen = await tx.all<{ customer_id: number }>(
    sql`SELECT e.customer_id FROM {vestibule_guard_event} e WHERE e.connection_id = ${connectionId} AND e.counts = 1 AND e.at > ${sqlTimestampMs(windowStart(now))} LIMIT ${most}`,
  );
  return {
    denied: row?.denied ?? null,
    open: row?.open ?? null,
    approved,
    window: new Set(seen.map(({ customer_id }) => customer_id)),
  };
}
