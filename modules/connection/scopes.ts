import { ConnectionError } from './connection.ts';

/** What a token may do over SCIM: read or write one kind of resource. */
export const scopes = ['users:read', 'users:write', 'groups:read', 'groups:write'] as const;

/**
 * Lets a storefront exchange the one-time code of a SAML login for a customer's session. It belongs into another hand
 * than SCIM, so neither a short form nor NULL ever means it: a token has it where it was named.
 */
export const exchangeScope = 'saml:exchange' as const;

/** What an API account may do at the store API: an importer's rights, which no short form and no older token has either. */
export const storeScopes = ['store:customers', 'store:hooks'] as const;
export type StoreScope = (typeof storeScopes)[number];

/** Every scope there is a name for. */
export const namedScopes = [...scopes, exchangeScope, ...storeScopes] as const;
export type Scope = (typeof namedScopes)[number];

const kinds: Readonly<Record<string, string>> = { User: 'users', Group: 'groups' };
const writing = new Set(['create', 'replace', 'patch', 'delete']);
const reading = new Set(['read', 'list', 'search']);

/**
 * Reads `users:read,groups:write` and the short forms `all`, `users`, `groups`, `read`, `write`, in any order. All of
 * them are about SCIM; `saml:exchange` and the scopes of the store API are meant by their full names alone.
 * @throws ConnectionError `SCOPE_INVALID`
 */
export function readScopes(text: string): readonly Scope[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const wanted = new Set(words.flatMap(meaningOf));
  if (wanted.size > 0) return namedScopes.filter((scope) => wanted.has(scope));
  throw new ConnectionError('SCOPE_INVALID', `No scope was named; ${choice}.`);
}

const choice = `write all, users, groups, read, write or some of ${namedScopes.join(', ')}`;

function meaningOf(word: string): readonly Scope[] {
  const own = [exchangeScope, ...storeScopes].find((scope) => scope === word);
  if (own) return [own];
  const meant = scopes.filter((scope) => word === 'all' || scope === word || scope.split(':').includes(word));
  if (meant.length > 0) return meant;
  throw new ConnectionError('SCOPE_INVALID', `"${word}" is not a scope; ${choice}.`);
}

/** As stored: NULL is every scope of SCIM and nothing else, those included that a later version brings. */
export const storedScopes = (given: readonly Scope[]): string | null =>
  given.length === scopes.length && scopes.every((scope) => given.includes(scope)) ? null : given.join(',');

export function scopesOf(stored: string | null): readonly Scope[] {
  if (stored === null) return scopes;
  const named = stored.split(',');
  return namedScopes.filter((scope) => named.includes(scope));
}

/**
 * Whose hands a token is for. Each family has its own two active tokens and its own rotation, so that a storefront's or an
 * importer's token neither takes the place that a rotation needs nor ends when the identity provider's is rotated.
 */
export type TokenFamily = 'scim' | 'exchange' | 'store';
export function familyOf(held: readonly Scope[]): TokenFamily {
  if (held.every((scope) => scope === exchangeScope)) return 'exchange';
  return held.every((scope) => storeScopes.some((own) => own === scope)) ? 'store' : 'scim';
}

/** Operations that are not SCIM's, each with its scope. */
const apart: ReadonlyMap<string, Scope> = new Map<string, Scope>([
  ['exchange', exchangeScope],
  ['store.customers', 'store:customers'],
  ['store.hooks', 'store:hooks'],
]);

/** The scopes that an operation needs; a search over everything needs to read everything. */
function needsOf(operation: string, resourceType: string | undefined): readonly Scope[] {
  const own = apart.get(operation);
  if (own) return [own];
  const verb = writing.has(operation) ? 'write' : reading.has(operation) ? 'read' : undefined;
  if (verb === undefined) return [];
  const kind = resourceType === undefined ? undefined : kinds[resourceType];
  return scopes.filter((scope) => scope.endsWith(`:${verb}`) && (kind === undefined || scope.startsWith(`${kind}:`)));
}

const needed = new Map<string, readonly Scope[]>();

/** Why a token may not do what is asked for, or undefined. What describes the service itself needs no scope. */
export function scopeRefusal(
  held: readonly Scope[],
  operation: string,
  resourceType: string | undefined,
): string | undefined {
  if (held === scopes && !apart.has(operation)) return undefined;
  const key = `${operation} ${resourceType ?? ''}`;
  let needs = needed.get(key);
  if (needs === undefined) {
    needs = needsOf(operation, resourceType);
    needed.set(key, needs);
  }
  const missing = needs.filter((scope) => !held.includes(scope));
  if (missing.length === 0) return undefined;
  return `The bearer token lacks the scope "${missing.join('" and "')}"; it has ${held.join(', ')}. SCIM Configuration in the administration (token:create --scopes) makes one that has it.`;
}
