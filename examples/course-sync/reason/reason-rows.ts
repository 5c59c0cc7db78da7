import { type Executor, empty, idList, join, type Sql, sql, type Transaction } from 'vestibule/framework';
import type { MappingKind } from '../course/mapping.ts';
import type { Reason, ReasonChanges } from './reason.ts';

export type CustomerReason = Reason & { readonly customerId: number; readonly sinceMs: number };

interface Row extends Omit<CustomerReason, 'kept'> {
  readonly keptMs: number | null;
}

async function read(db: Executor, where: Sql, lock: Sql = empty): Promise<readonly CustomerReason[]> {
  const rows = await db.all<Row>(
    sql`SELECT customer_id AS customerId, mapping_id AS mappingId, kind, origin, course, since_ms AS sinceMs, kept_ms AS keptMs FROM {vestibule_course_reason} WHERE ${where} ORDER BY reason_id ${lock}`,
  );
  return rows.map(({ keptMs, ...row }) => ({ ...row, kept: keptMs !== null }));
}

/** Why a customer shall be in courses. */
export const reasonsOf = (db: Executor, customerId: number): Promise<readonly CustomerReason[]> =>
  read(db, sql`customer_id = ${customerId}`);

/** What one order gives, to whomever; held until the commit. */
export const reasonsOfOrder = (tx: Transaction, order: string): Promise<readonly CustomerReason[]> =>
  read(tx, sql`kind = ${'product' satisfies MappingKind} AND origin = ${order}`, tx.dialect.forUpdate);

/** Those of some customers by one mapping that have not ended. */
export const reasonsByMapping = (db: Executor, mappingId: number, customerIds: readonly number[]) =>
  customerIds.length === 0
    ? Promise.resolve([])
    : read(db, sql`mapping_id = ${mappingId} AND customer_id IN (${idList(customerIds)}) AND kept_ms IS NULL`);

/** Writes what has changed of a customer's reasons. */
export async function writeReasons(
  tx: Transaction,
  customerId: number,
  { add, end, keep }: ReasonChanges,
  nowMs: number,
): Promise<void> {
  for (const { mappingId, kind, origin, course } of add)
    await tx.run(
      sql`INSERT INTO {vestibule_course_reason} (customer_id, mapping_id, kind, origin, course, since_ms, kept_ms) VALUES (${customerId}, ${mappingId}, ${kind}, ${origin}, ${course}, ${nowMs}, NULL) ${tx.dialect.onDuplicate(['customer_id', 'mapping_id', 'origin'], ['course', 'kept_ms'])}`,
    );
  const these = (list: readonly Reason[]): Sql =>
    sql`customer_id = ${customerId} AND (${join(
      list.map(({ mappingId, origin }) => sql`(mapping_id = ${mappingId} AND origin = ${origin})`),
      ' OR ',
    )})`;
  if (end.length > 0) await tx.run(sql`DELETE FROM {vestibule_course_reason} WHERE ${these(end)}`);
  if (keep.length > 0) await tx.run(sql`UPDATE {vestibule_course_reason} SET kept_ms = ${nowMs} WHERE ${these(keep)}`);
}
