import { type Executor, sql } from '../../framework/index.ts';
import { forbidden, type ScimError } from '../../scim/index.ts';

/** 403 that names the decision. */
export async function denied(db: Executor, holdId: number, customers: readonly number[]): Promise<ScimError> {
  const row = await db.first<{ decided_by: string | null; decided_at: string | null; until: string | null }>(
    sql`SELECT h.decided_by, h.decided_at, (SELECT MAX(d.until) FROM {vestibule_guard_denial} d WHERE d.connection_id = h.connection_id AND d.hold_id = h.hold_id) AS until FROM {vestibule_guard_hold} h WHERE h.hold_id = ${holdId}`,
  );
  const [only] = customers;
  const whom =
    customers.length === 1 ? `customer ${only} keeps what it has` : 'customers of this request keep what they have';
  return forbidden(
    `Denied: ${row?.decided_by ?? 'an administrator'} decided on ${second(row?.decided_at)} UTC about hold ${holdId} of the mass-deprovision guard that ${whom} until ${second(row?.until)} UTC. Nothing was changed; Held Changes in the administration tells more and ends it (guard:show ${holdId}, guard:lift ${holdId}).`,
  );
}

const second = (stored: string | null | undefined): string => (stored ?? '').slice(0, 19);
