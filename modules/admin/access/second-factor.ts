import { Secret, TOTP } from 'otpauth';
import {
  type Database,
  type Encryptor,
  type Executor,
  type ServiceToken,
  service,
  sql,
  sqlTimestamp,
} from '../../framework/index.ts';
import { newRecoveryCodes, useRecoveryCode } from './recovery-codes.ts';

/** What an authenticator app is given: as text, and as the address in a QR code. */
export interface Enrolment {
  readonly secret: string;
  readonly uri: string;
}

/** Codes of an authenticator app (TOTP, RFC 6238: six digits, 30 s), and codes for when it is lost. */
export interface SecondFactors {
  /** Whether this administrator has to give a code. */
  has(administratorId: number): Promise<boolean>;
  /** The secret that waits for its first code; made when there is none. */
  enrolment(administratorId: number, user: string): Promise<Enrolment>;
  /** Turns the second factor on with the app's first code. @returns recovery codes, shown once; undefined: wrong code */
  enrol(administratorId: number, code: string, now: Date): Promise<readonly string[] | undefined>;
  /** Whether it is the app's code, not used before (one step of drift is allowed), or a recovery code not used before. */
  verify(administratorId: number, code: string, now: Date): Promise<boolean>;
  /** New recovery codes in place of all old ones. */
  renewRecoveryCodes(administratorId: number): Promise<readonly string[]>;
  recoveryCodesLeft(administratorId: number): Promise<number>;
  remove(db: Executor, administratorId: number): Promise<boolean>;
}
export const SecondFactors: ServiceToken<SecondFactors> = service<SecondFactors>('admin.SecondFactors');

const period = 30;
const issuer = 'Vestibule';
const totp = (secret: string, label = ''): TOTP =>
  new TOTP({ issuer, label, algorithm: 'SHA1', digits: 6, period, secret: Secret.fromBase32(secret) });

interface Row {
  readonly secret: string;
  readonly confirmed_at: string | null;
}

export function createSecondFactors(database: Database, encryptor: Encryptor): SecondFactors {
  const find = (id: number): Promise<Row | undefined> =>
    database.first<Row>(sql`SELECT secret, confirmed_at FROM {vestibule_admin_authenticator} WHERE user_id = ${id}`);

  /** The step of a right code; each is good once, also where two requests bring it at the same moment. */
  async function takeStep(id: number, row: Row, code: string, now: Date): Promise<boolean> {
    const token = code.replace(/\s/g, '');
    if (!/^\d{6}$/.test(token)) return false;
    const delta = totp(encryptor.decrypt(row.secret)).validate({ token, timestamp: now.getTime(), window: 1 });
    if (delta === null) return false;
    const step = Math.floor(now.getTime() / 1000 / period) + delta;
    const { affectedRows } = await database.run(
      sql`UPDATE {vestibule_admin_authenticator} SET last_step = ${step} WHERE user_id = ${id} AND last_step < ${step}`,
    );
    return affectedRows === 1;
  }

  return {
    has: async (id) => (await find(id))?.confirmed_at != null,
    async enrolment(id, user) {
      let row = await find(id);
      if (!row) {
        const secret = encryptor.encrypt(new Secret({ size: 20 }).base32);
        await database.run(sql`
          ${database.dialect.insertIgnoreInto} {vestibule_admin_authenticator} (user_id, secret, last_step)
          VALUES (${id}, ${secret}, 0)`);
        row = await find(id);
      }
      if (!row || row.confirmed_at !== null) throw new Error('The second factor is set up already.');
      const secret = encryptor.decrypt(row.secret);
      return { secret, uri: totp(secret, user).toString() };
    },
    async enrol(id, code, now) {
      const row = await find(id);
      if (!row || row.confirmed_at !== null || !(await takeStep(id, row, code, now))) return undefined;
      return database.transaction(async (tx) => {
        await tx.run(sql`
          UPDATE {vestibule_admin_authenticator} SET confirmed_at = ${sqlTimestamp(now)} WHERE user_id = ${id}`);
        return newRecoveryCodes(tx, encryptor, id);
      });
    },
    async verify(id, code, now) {
      const row = await find(id);
      if (!row || row.confirmed_at === null) return false;
      return (await takeStep(id, row, code, now)) || useRecoveryCode(database, encryptor, id, code, now);
    },
    renewRecoveryCodes: (id) => database.transaction((tx) => newRecoveryCodes(tx, encryptor, id)),
    async recoveryCodesLeft(id) {
      const row = await database.first<{ total: number }>(sql`
        SELECT COUNT(*) AS total FROM {vestibule_admin_recovery_code} WHERE user_id = ${id} AND used_at IS NULL`);
      return Number(row?.total ?? 0);
    },
    async remove(db, id) {
      await db.run(sql`DELETE FROM {vestibule_admin_recovery_code} WHERE user_id = ${id}`);
      const { affectedRows } = await db.run(sql`DELETE FROM {vestibule_admin_authenticator} WHERE user_id = ${id}`);
      return affectedRows > 0;
    },
  };
}
