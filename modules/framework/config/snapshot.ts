import { ConfigError } from './error.ts';
import type { Overrides } from './overrides.ts';
import type { ConfigScope } from './section.ts';
import type { ConfigKey, ConfigRow, ConfigScopes, StoredScope } from './storage.ts';

/** A value's text and where it was found. */
export interface Found {
  readonly text: string;
  readonly origin: string;
  /** The environment may give a secret in plain text; rows never do. */
  readonly fromEnvironment: boolean;
}

/** All stored configuration at one moment. */
export interface Snapshot {
  readonly scopes: ConfigScopes;
  readonly rows: ReadonlyMap<string, string>;
}

export function snapshotOf(rows: readonly ConfigRow[], scopes: ConfigScopes): Snapshot {
  return { scopes, rows: new Map(rows.map((row) => [`${row.scope}/${row.scopeId}/${row.path}`, row.value ?? ''])) };
}

interface Level {
  readonly scope: StoredScope;
  readonly id: number;
  readonly code: string;
}

/**
 * Finds a field's text with Magento's inheritance: store, its website, default, the narrowest first; within each scope
 * the environment goes before the row. Undefined where only the declared default is left.
 */
export function findText(
  snapshot: Snapshot,
  overrides: Overrides,
  path: string,
  scope: ConfigScope,
): Found | undefined {
  for (const level of levelsOf(snapshot.scopes, path, scope)) {
    const named = level.scope === 'default' ? 'default' : `${level.scope}/${level.code}`;
    const override = overrides.values.get(`${named.toLowerCase()}/${path}`);
    if (override) return { text: override.text, origin: 'environment', fromEnvironment: true };
    const text = snapshot.rows.get(`${level.scope}/${level.id}/${path}`);
    if (text !== undefined) return { text, origin: named, fromEnvironment: false };
  }
  return undefined;
}

function levelsOf(scopes: ConfigScopes, path: string, scope: ConfigScope): readonly Level[] {
  const byDefault: Level = { scope: 'default', id: 0, code: '' };
  if (scope === 'default') return [byDefault];
  if ('website' in scope) {
    const website = scopes.websites.find(({ id }) => id === scope.website);
    if (!website) throw new ConfigError('CONFIG_SCOPE', path, `there is no website with the id ${scope.website}.`);
    return [{ scope: 'websites', ...website }, byDefault];
  }
  const store = scopes.stores.find(({ id }) => id === scope.store);
  if (!store) throw new ConfigError('CONFIG_SCOPE', path, `there is no store with the id ${scope.store}.`);
  return [{ scope: 'stores', ...store }, ...levelsOf(scopes, path, { website: store.websiteId })];
}

/** The row that holds a field in exactly this scope. */
export function keyOf(path: string, scope: ConfigScope): ConfigKey {
  if (scope === 'default') return { scope: 'default', scopeId: 0, path };
  return 'website' in scope
    ? { scope: 'websites', scopeId: scope.website, path }
    : { scope: 'stores', scopeId: scope.store, path };
}
