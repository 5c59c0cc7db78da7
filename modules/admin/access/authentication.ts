import { timingSafeEqual } from 'node:crypto';
import {
  type ConfigReader,
  type Database,
  digestOf,
  hashPassword,
  parseHash,
  type ServiceToken,
  service,
  sql,
  sqlTimestamp,
} from '../../framework/index.ts';
import type { security } from '../settings.ts';
import { createAttempts } from './attempts.ts';
import { countFailure, isLocked, type LockColumns, unlock } from './lock-out.ts';
import { createTurns } from './turns.ts';

export type LoginErrorCode = 'LOGIN_REFUSED' | 'LOGIN_THROTTLED' | 'CODE_WRONG';

/** A login that was refused. Whether the account exists, is locked or disabled is not told. */
export class LoginError extends Error {
  override readonly name = 'LoginError';
  readonly code: LoginErrorCode;
  constructor(code: LoginErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Proves who somebody is by their password. */
export interface Authentication {
  /**
   * The administrator with this user name and password. A wrong one is counted against the account; it takes as long
   * for a name that nobody has. @throws LoginError `LOGIN_REFUSED`, `LOGIN_THROTTLED`
   */
  login(user: string, password: string, address: string, now: Date): Promise<{ readonly id: number }>;
  /**
   * Everything that was asked for was right: failures are forgotten. Not before, or a stolen password would buy new
   * guesses at the second factor again and again.
   */
  completed(administratorId: number, now: Date): Promise<void>;
  /** Counts a wrong code of the second factor as a wrong password is counted. */
  failed(administratorId: number, now: Date): Promise<void>;
  locked(administratorId: number, now: Date): Promise<boolean>;
}
export const Authentication: ServiceToken<Authentication> = service<Authentication>('admin.Authentication');

interface Row extends LockColumns {
  readonly password: string;
  readonly is_active: number;
}

/** Nobody's: what a guess at an unknown name is compared with. */
const nobody = `${'0'.repeat(64)}:${'a'.repeat(32)}:3_32_2_67108864`;
const refused = () =>
  new LoginError(
    'LOGIN_REFUSED',
    'The account sign-in was incorrect or your account is disabled temporarily. Please wait and try again later.',
  );

export function createAuthentication(
  database: Database,
  settings: ConfigReader<(typeof security)['fields']>,
): Authentication {
  const turns = createTurns(2);
  const attempts = createAttempts();
  const lockColumns = (id: number): Promise<LockColumns | undefined> =>
    database.first<LockColumns>(sql`SELECT user_id, lock_expires FROM {admin_user} WHERE user_id = ${id}`);

  async function attempt(user: string, password: string, now: Date): Promise<Row> {
    const row = await database.first<Row>(sql`
      SELECT user_id, password, is_active, lock_expires
      FROM {admin_user} WHERE username = ${user}`);
    const right = await verify(row?.password ?? nobody, password);
    if (!row || isLocked(row, now)) throw refused();
    if (!right || row.is_active !== 1) {
      await countFailure(database, settings, row.user_id, now);
      throw refused();
    }
    return row;
  }

  return {
    async login(user, password, address, now) {
      if (attempts.exhausted(address, now))
        throw new LoginError('LOGIN_THROTTLED', 'Too many logins were refused from your address. Wait ten minutes.');
      if (user.length > 40 || password.length > 1024) throw refused();
      try {
        const row = await turns(user.toLowerCase(), () => attempt(user, password, now));
        await renewHash(database, row, password);
        return { id: row.user_id };
      } catch (error) {
        if (error instanceof LoginError) attempts.failed(address, now);
        throw error;
      }
    },
    async completed(administratorId, now) {
      await unlock(database, administratorId);
      await database.run(sql`
        UPDATE {admin_user} SET logdate = ${sqlTimestamp(now)}, lognum = lognum + 1 WHERE user_id = ${administratorId}`);
    },
    async failed(administratorId, now) {
      const row = await lockColumns(administratorId);
      if (row && !isLocked(row, now)) await countFailure(database, settings, administratorId, now);
    },
    async locked(administratorId, now) {
      const row = await lockColumns(administratorId);
      return row === undefined || isLocked(row, now);
    },
  };
}

async function verify(stored: string, password: string): Promise<boolean> {
  const parsed = parseHash(stored);
  const digest = parsed === undefined ? '' : await digestOf(parsed, password);
  // An older hash is quick to compute; the same work is done for all, so that time tells nothing.
  const slow = parseHash(nobody);
  if ((parsed === undefined || parsed.outdated) && slow) await digestOf(slow, password);
  const [made, expected] = [Buffer.from(digest), Buffer.from(parsed?.hash ?? '')];
  return made.length > 0 && made.length === expected.length && timingSafeEqual(made, expected);
}

/** An older hash gives way to an Argon2id one while the password is at hand. */
async function renewHash(database: Database, row: Row, password: string): Promise<void> {
  if (!parseHash(row.password)?.outdated) return;
  const hash = await hashPassword(password);
  await database.run(
    sql`UPDATE {admin_user} SET password = ${hash} WHERE user_id = ${row.user_id} AND password = ${row.password}`,
  );
}
