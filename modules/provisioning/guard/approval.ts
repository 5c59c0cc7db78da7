import { sql, sqlTimestampMs, type Transaction } from '../../framework/index.ts';

/** That an administrator has approved a held request, which is carried out now. */
export interface Approval {
  readonly holdId: number;
  readonly heldId: number;
}

/** Thrown where another process has carried a held request out meanwhile; the transaction is rolled back. */
export class AlreadyCarriedOut extends Error {
  constructor({ holdId, heldId }: Approval) {
    super(`Request ${heldId} of hold ${holdId} was carried out already.`);
    this.name = 'AlreadyCarriedOut';
  }
}

/**
 * Marks a held request as carried out, in the transaction that does it: whatever dies or is done twice, it happens once.
 * @throws AlreadyCarriedOut
 */
export async function carryOut(tx: Transaction, approval: Approval, now: Date): Promise<void> {
  const { affectedRows } = await tx.run(
    sql`UPDATE {vestibule_guard_held} SET status = 'done', done_at = ${sqlTimestampMs(now)}, request = NULL WHERE held_id = ${approval.heldId} AND status = 'waiting'`,
  );
  if (affectedRows === 0) throw new AlreadyCarriedOut(approval);
}
