import { readAddresses, readSpan, type StoreScope, storeScopes } from '../../connection/index.ts';
import { unfit } from '../refusal.ts';
import type { NewApiAccount } from './api-account.ts';

/** How long an account may work. */
const expiry = { from: '1m', to: '730d', example: '90d' };

/** @throws StoreRefusal 422 for a word that is no scope of the store API */
function scopesIn(text: string): readonly StoreScope[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const wanted = storeScopes.filter((scope) => words.includes(scope));
  const other = words.find((word) => !storeScopes.some((scope) => scope === word));
  if (other !== undefined)
    throw unfit('scopes', `"${other}" is not a scope of the store API; there are ${storeScopes.join(', ')}.`);
  if (wanted.length > 0) return wanted;
  throw unfit('scopes', `No scope was named; there are ${storeScopes.join(', ')}.`);
}

/** An account as somebody has typed it: what was left out, or left empty, is as usual. @throws StoreRefusal, ConnectionError */
export function readAccount(
  given: {
    readonly name: string;
    readonly scopes?: string | undefined;
    readonly expires?: string | undefined;
    readonly addresses?: string | undefined;
  },
  now: Date,
): NewApiAccount {
  const { name, scopes, expires, addresses } = given;
  return {
    name,
    scopes: scopes === undefined ? undefined : scopesIn(scopes),
    expiresAt: expires ? new Date(now.getTime() + readSpan(expires, expiry)) : undefined,
    addresses: addresses ? readAddresses(addresses) : [],
  };
}
