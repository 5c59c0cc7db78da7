import { type Executor, idList, sql } from '../../../framework/index.ts';
import { listsOf } from '../../group/pieces.ts';
import type { HeldItem, PassedCustomer } from '../holds.ts';
import type { PassedLoss } from '../restore/wave.ts';

interface ItemRow {
  held_id: number;
  operation: HeldItem['operation'];
  resource_id: string;
  subject: string | null;
  customers: number;
  loss: HeldItem['loss'];
  tries: number;
  first_at: string;
  last_at: string;
  status: HeldItem['status'];
  outcome: string | null;
  had_password: number;
}

/** The requests of a hold, those that wait first, in the order in which they came. */
export async function listItems(db: Executor, holdId: number, limit: number): Promise<HeldItem[]> {
  const rows = await db.all<ItemRow>(
    sql`SELECT i.held_id, i.operation, i.resource_id, i.subject, i.tries, i.first_at, i.last_at, i.status, i.outcome, i.had_password, (SELECT COUNT(*) FROM {vestibule_guard_held_customer} c WHERE c.held_id = i.held_id AND c.withdrawn = 0) AS customers, (SELECT MIN(k.kind) FROM {vestibule_guard_held_customer} k WHERE k.held_id = i.held_id) AS loss FROM {vestibule_guard_held} i WHERE i.hold_id = ${holdId} ORDER BY CASE WHEN i.status = 'waiting' THEN 0 ELSE 1 END, i.held_id LIMIT ${limit}`,
  );
  return rows.map((row) => ({
    id: row.held_id,
    operation: row.operation,
    resource: row.resource_id,
    subject: row.subject,
    customers: Number(row.customers),
    loss: row.loss,
    tries: row.tries,
    firstAt: row.first_at,
    lastAt: row.last_at,
    status: row.status,
    outcome: row.outcome,
    hadPassword: row.had_password === 1,
  }));
}

/** Losses with the present addresses of the customers. */
export async function withAddresses(db: Executor, losses: readonly PassedLoss[]): Promise<PassedCustomer[]> {
  const emails = new Map<number, string>();
  for (const ids of listsOf([...new Set(losses.map(({ customerId }) => customerId))])) {
    const rows = await db.all<{ entity_id: number; email: string }>(
      sql`SELECT entity_id, email FROM {customer_entity} WHERE entity_id IN (${idList(ids)})`,
    );
    for (const { entity_id, email } of rows) emails.set(entity_id, email);
  }
  return losses.map((loss) => ({ ...loss, email: emails.get(loss.customerId) ?? null }));
}
