import { sqlTimestamp } from '../../framework/index.ts';
import type { ApiAccount } from './api-account.ts';

export type ApiAccountState = 'active' | 'expired' | 'revoked';

/** Whether an account works at `now`. */
export function stateOf({ revokedAt, expiresAt }: ApiAccount, now: Date): ApiAccountState {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && expiresAt <= sqlTimestamp(now) ? 'expired' : 'active';
}
