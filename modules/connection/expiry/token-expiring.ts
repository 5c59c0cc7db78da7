import { type Event, event } from '../../framework/index.ts';
import type { Connection } from '../connection.ts';
import type { BearerToken } from '../token.ts';
import type { ExpiryWarning } from './warning.ts';

/** A token whose end is near. */
export interface ExpiringToken extends ExpiryWarning {
  readonly connection: Connection;
  readonly token: BearerToken;
}

/** Told once for each warning of a token, whichever process is the first to see it. */
export const TokenExpiring: Event<ExpiringToken> = event<ExpiringToken>('connection.TokenExpiring');
