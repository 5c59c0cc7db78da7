import type { Transaction } from '../database/index.ts';
import { type ServiceToken, service } from '../module/token.ts';

/** Magento's names of the scopes in `core_config_data`. */
export type StoredScope = 'default' | 'websites' | 'stores';

export interface ConfigKey {
  readonly scope: StoredScope;
  /** 0 for `default`, else the id in `store_website` or `store`. */
  readonly scopeId: number;
  readonly path: string;
}

export interface ConfigRow extends ConfigKey {
  /** As stored: secrets are encrypted. */
  readonly value: string | null;
}

/** The websites and stores that configuration can be set for. */
export interface ConfigScopes {
  readonly websites: readonly { readonly id: number; readonly code: string; readonly name?: string }[];
  readonly stores: readonly {
    readonly id: number;
    readonly code: string;
    readonly name?: string;
    readonly websiteId: number;
  }[];
}

/** Where configuration is kept. The kernel asks for it and knows no table; a room provides it. */
export interface ConfigStorage {
  /** All rows of these paths, in every scope. */
  rows(paths: readonly string[]): Promise<readonly ConfigRow[]>;
  scopes(): Promise<ConfigScopes>;
  /** In a transaction of its own unless one is given. */
  write(row: ConfigRow, tx?: Transaction): Promise<void>;
  /** Lets the field inherit again. No error where there is no row. */
  remove(key: ConfigKey, tx?: Transaction): Promise<void>;
}
export const ConfigStorage: ServiceToken<ConfigStorage> = service<ConfigStorage>('framework.ConfigStorage');
