import type { Token } from '../module/token.ts';

export type ConfigScopeName = 'default' | 'website' | 'store';

/** Where a value is asked for or set. Ids are those of `store_website` and `store`. */
export type ConfigScope = { readonly website: number } | { readonly store: number } | 'default';

interface FieldBase {
  readonly label: string;
  readonly comment?: string;
  /** The narrowest scope at which it may be set. */
  readonly scope: ConfigScopeName;
  /** Shown only when that yes/no field of the same group is on. */
  readonly dependsOn?: string;
}

/** The kinds of field. A `secret` is stored encrypted and never shown; its default is always empty. */
export type ConfigField = FieldBase &
  (
    | { readonly type: 'text'; readonly default: string; readonly pattern?: RegExp }
    | { readonly type: 'secret'; readonly default: '' }
    | { readonly type: 'yesno'; readonly default: boolean }
    | { readonly type: 'number'; readonly default: number; readonly min?: number; readonly max?: number }
    | { readonly type: 'select'; readonly default: string; readonly options: Readonly<Record<string, string>> }
    | { readonly type: 'list'; readonly default: readonly string[] }
    | { readonly type: 'map'; readonly default: Readonly<Record<string, string>> }
  );

export type ConfigFields = Readonly<Record<string, ConfigField>>;

/** The value `config.get` answers for a field. */
export type ConfigValue<F extends ConfigField> = F['type'] extends 'yesno'
  ? boolean
  : F['type'] extends 'number'
    ? number
    : F['type'] extends 'list'
      ? readonly string[]
      : F['type'] extends 'map'
        ? Readonly<Record<string, string>>
        : string;

/** Reads one section's values, with Magento's inheritance: store, website, default, declared; in each the environment first. */
export interface ConfigReader<F extends ConfigFields> {
  get<K extends keyof F & string>(field: K, scope?: ConfigScope): Promise<ConfigValue<F[K]>>;
}

export interface ConfigSection<F extends ConfigFields = ConfigFields> {
  /** `section/group`: with a field it is the path in `core_config_data`. */
  readonly path: string;
  readonly tab: string;
  readonly label: string;
  readonly acl: string;
  readonly fields: F;
  readonly token: Token<ConfigReader<F>>;
}

/** Declares a group of configuration fields once: for the administration, the command line, the environment and code. */
export function configSection<const F extends ConfigFields>(
  path: `${string}/${string}`,
  declaration: { tab: string; label: string; acl: string; fields: F },
): ConfigSection<F> {
  return Object.freeze({ path, ...declaration, token: Object.freeze({ kind: 'config', id: path }) });
}
