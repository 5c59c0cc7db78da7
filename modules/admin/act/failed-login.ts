import type { Executor } from '../../framework/index.ts';
import type { Authentication } from '../access/authentication.ts';
import type { Administrators } from '../administrator.ts';
import type { AdministrativeAct } from './act.ts';

export interface FailedLogin {
  /** As it was typed. */
  readonly user: string;
  readonly address: string;
  /** `admin.confirm`: somebody in an open session, before a dangerous act. */
  readonly operation?: 'admin.login' | 'admin.token' | 'admin.confirm';
}

/**
 * A login that was refused, for the record. A name that nobody has is not kept: people type passwords into the wrong
 * field. The same is asked of the database whether the account exists or not, so that time tells nothing.
 */
export async function failedLogin(
  { user, address, operation = 'admin.login' }: FailedLogin,
  parts: {
    readonly administrators: Administrators;
    readonly authentication: Authentication;
    readonly database: Executor;
  },
  now: Date,
): Promise<AdministrativeAct> {
  const account = await parts.administrators.byName(parts.database, user.slice(0, 40));
  const locked = await parts.authentication.locked(account?.id ?? 0, now);
  return {
    operation,
    outcome: 'refused',
    by: account?.user ?? 'somebody unknown',
    subject: account?.user,
    notes: [`From ${address}.`, ...(account && locked ? ['The account is locked for now.'] : [])],
    reason: account
      ? 'The password or the code was not right, or the account is locked.'
      : 'Nobody has this user name.',
  };
}
