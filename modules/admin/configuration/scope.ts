import type { ConfigScope, ConfigScopeName, ConfigScopes } from '../../framework/index.ts';

/** A scope that configuration is shown and set for. */
export interface ShownScope {
  /** As it stands in addresses: `default`, `website:base`, `store:default`. */
  readonly key: string;
  readonly level: ConfigScopeName;
  readonly scope: ConfigScope;
  /** The origin of a value that is set exactly here. */
  readonly origin: string;
  readonly label: string;
  /** Of a store view: the key of its website. */
  readonly parent?: string;
}

export const defaultScope: ShownScope = {
  key: 'default',
  level: 'default',
  scope: 'default',
  origin: 'default',
  label: 'Default Config',
};

/** What an address carries of a scope; nothing of the default one. */
export const scopeQuery = ({ key }: ShownScope): string =>
  key === 'default' ? '' : `?scope=${encodeURIComponent(key)}`;

/** All scopes, each website followed by its store views. The administration's own (id 0) are left out. */
export function shownScopes({ websites, stores }: ConfigScopes): readonly ShownScope[] {
  return [
    defaultScope,
    ...websites
      .filter(({ id }) => id !== 0)
      .flatMap(({ id, code, name }): ShownScope[] => [
        {
          key: `website:${code}`,
          level: 'website',
          scope: { website: id },
          origin: `websites/${code}`,
          label: name ?? code,
        },
        ...stores
          .filter((store) => store.websiteId === id)
          .map(
            (store): ShownScope => ({
              key: `store:${store.code}`,
              level: 'store',
              scope: { store: store.id },
              origin: `stores/${store.code}`,
              label: store.name ?? store.code,
              parent: `website:${code}`,
            }),
          ),
      ]),
  ];
}

const depth: Readonly<Record<ConfigScopeName, number>> = { default: 0, website: 1, store: 2 };

/** Whether a field whose narrowest scope is `narrowest` can be set here. */
export const settableAt = (narrowest: ConfigScopeName, { level }: ShownScope): boolean =>
  depth[level] <= depth[narrowest];

/** The scopes that inherit from this one. */
export const below = (scope: ShownScope, all: readonly ShownScope[]): readonly ShownScope[] =>
  all.filter((other) => (scope.level === 'default' ? other.level !== 'default' : other.parent === scope.key));
