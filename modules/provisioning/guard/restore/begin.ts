import { sql, sqlTimestampMs, type Transaction } from '../../../framework/index.ts';
import { GuardError } from '../error.ts';
import type { Decision } from '../hold/decide.ts';
import { findHold } from '../hold/hold.ts';
import { restorableFor } from '../limit.ts';

/**
 * Has a job bring back whom the wave of a hold cost something. Said again, it tries again what failed.
 * @throws GuardError `HOLD_UNKNOWN`, `HOLD_BUSY`, `HOLD_TOO_OLD`
 */
export async function beginRestore(tx: Transaction, { holdId, actor, at }: Decision): Promise<void> {
  await tx.first(sql`SELECT hold_id FROM {vestibule_guard_hold} WHERE hold_id = ${holdId} ${tx.dialect.forUpdate}`);
  const hold = await findHold(tx, holdId);
  if (hold.status === 'approved')
    throw new GuardError(
      'HOLD_BUSY',
      `Hold ${holdId} is being carried out; restore it when Held Changes (guard:show) says that it was carried out.`,
    );
  if (hold.openedAt < sqlTimestampMs(new Date(at.getTime() - restorableFor)))
    throw new GuardError(
      'HOLD_TOO_OLD',
      `What passed before hold ${holdId} was forgotten after 30 days; have the identity provider send its users again.`,
    );
  await tx.run(
    sql`UPDATE {vestibule_guard_hold} SET restore_status = 'running', restored_by = ${actor.slice(0, 255)}, restored_at = NULL, claimed_until = NULL WHERE hold_id = ${holdId}`,
  );
}
