import { sql, type Transaction } from '../../framework/index.ts';

/** Notes that an administrator or a role was made here. Ids are not given again. */
export function noteMade(tx: Transaction, kind: 'user' | 'role', id: number): void {
  tx.later(sql`INSERT INTO {vestibule_admin_made} (kind, made_id) VALUES (${kind}, ${id})`);
}
