import { randomInt } from 'node:crypto';
import { type Encryptor, type Executor, sql, sqlTimestamp, type Transaction } from '../../framework/index.ts';

const codes = 10;
/** Without letters and digits that are mistaken for each other. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

/** `abcde-fghij`: ten of 31 characters, 49 bits; guesses are counted as wrong passwords are. */
function recoveryCode(): string {
  const group = (): string => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return `${group()}-${group()}`;
}

const plain = (code: string): string => code.toLowerCase().replace(/[^a-z0-9]/g, '');
/** Bound to its owner: the digest of one account is worth nothing in another's row. */
const text = (administratorId: number, code: string): string => `recovery:${administratorId}:${plain(code)}`;

/** Replaces all recovery codes of an administrator. Only digests are kept. @returns the new codes */
export async function newRecoveryCodes(tx: Transaction, encryptor: Encryptor, id: number): Promise<readonly string[]> {
  await tx.run(sql`DELETE FROM {vestibule_admin_recovery_code} WHERE user_id = ${id}`);
  const made = Array.from({ length: codes }, recoveryCode);
  for (const code of made)
    tx.later(sql`
      INSERT INTO {vestibule_admin_recovery_code} (user_id, digest) VALUES (${id}, ${encryptor.digest(text(id, code))})`);
  return made;
}

/** Uses up a recovery code. False when it is wrong, or was used before. */
export async function useRecoveryCode(
  db: Executor,
  encryptor: Encryptor,
  id: number,
  code: string,
  now: Date,
): Promise<boolean> {
  if (plain(code).length !== 10) return false;
  const rows = await db.all<{ code_id: number; digest: string }>(sql`
    SELECT code_id, digest FROM {vestibule_admin_recovery_code} WHERE user_id = ${id} AND used_at IS NULL`);
  const row = rows.find(({ digest }) => encryptor.verifyDigest(text(id, code), digest));
  if (!row) return false;
  const { affectedRows } = await db.run(sql`
    UPDATE {vestibule_admin_recovery_code} SET used_at = ${sqlTimestamp(now)}
    WHERE code_id = ${row.code_id} AND used_at IS NULL`);
  return affectedRows === 1;
}
