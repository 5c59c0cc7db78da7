import { sqlTimestamp } from '../../framework/index.ts';
import { type ExpiryWarning, warningOf } from '../expiry/warning.ts';
import { scopes } from '../scopes.ts';
import type { BearerToken, IssuedToken } from '../token.ts';

/** What a command answers that made a token. */
export interface ShownToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly addresses: readonly string[];
  readonly expiresAt: string | null;
  readonly token: string;
  readonly authorization: string;
}

export const shownToken = ({ text, token }: IssuedToken): ShownToken => ({
  id: token.publicId,
  name: token.name,
  scopes: token.scopes,
  addresses: token.addresses,
  expiresAt: token.expiresAt,
  token: text,
  authorization: `Bearer ${text}`,
});

/** For people, the values to be pasted included. */
export const sayToken = (made: ShownToken): string =>
  [
    `SCIM Bearer Token:     ${made.token}`,
    `Authorization Header:  ${made.authorization}`,
    `Expires:               ${made.expiresAt ?? 'never'}`,
    ...(made.scopes.length === scopes.length ? [] : [`Scopes:                ${made.scopes.join(', ')}`]),
    ...(made.addresses.length === 0 ? [] : [`Addresses:             ${made.addresses.join(', ')}`]),
    'The token is shown only now.',
  ].join('\n');

/** A token as lists show it. */
export type ListedToken = BearerToken & {
  readonly state: 'active' | 'expired' | 'revoked';
  readonly warning: ExpiryWarning | null;
};

/** A token as it stands at `now`. */
export function listed(token: BearerToken, connectionCode: string, now: Date): ListedToken {
  const expired = token.expiresAt !== null && token.expiresAt <= sqlTimestamp(now);
  return {
    ...token,
    state: token.revokedAt ? 'revoked' : expired ? 'expired' : 'active',
    warning: warningOf(token, connectionCode, now) ?? null,
  };
}

function stateOf(token: ListedToken): string {
  if (token.state === 'revoked') return `revoked ${token.revokedAt}`;
  if (token.state === 'expired') return `expired ${token.expiresAt}`;
  return token.expiresAt ? `until ${token.expiresAt}` : 'active';
}

const usageOf = (token: BearerToken): string =>
  token.lastUsedAt
    ? `last used ${token.lastUsedAt} by ${token.lastUsedAgent ?? 'an unnamed client'} from ${token.lastUsedAddress}`
    : 'never used';

/** One line of a list: id, name, state, what it may do where that is not all, and its last use. */
export function tokenLine(token: ListedToken): string {
  const rights = [
    ...(token.scopes.length === scopes.length ? [] : [token.scopes.join(' ')]),
    ...(token.addresses.length === 0 ? [] : [`from ${token.addresses.join(' ')}`]),
    ...(token.replacedBy === null || token.state !== 'active' ? [] : [`replaced by ${token.replacedBy}`]),
  ].map((right) => `${right}  `);
  return `${token.publicId}  ${token.name.padEnd(20)} ${stateOf(token).padEnd(27)} ${rights.join('')}${usageOf(token)}`;
}
