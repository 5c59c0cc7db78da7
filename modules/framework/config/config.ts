import type { Transaction } from '../database/index.ts';
import { type ServiceToken, service } from '../module/token.ts';
import type { ConfigField, ConfigFields, ConfigReader, ConfigScope, ConfigSection } from './section.ts';
import type { FieldValue } from './value.ts';

/** One field as it stands in one scope. */
export interface ConfigEntry {
  readonly path: string;
  readonly field: ConfigField;
  readonly value: FieldValue;
  /** Where the value comes from: `environment`, `stores/<code>`, `websites/<code>`, `default` or `declared`. */
  readonly origin: string;
}

/** Every declared configuration field, to be shown and changed by path (`section/group/field`). */
export interface Config {
  sections(): readonly ConfigSection[];
  /** A typed reader of one section; modules get theirs by injecting the section's token. */
  reader<F extends ConfigFields>(section: ConfigSection<F>): ConfigReader<F>;
  /** @throws ConfigError CONFIG_UNKNOWN, CONFIG_INVALID, CONFIG_UNREADABLE */
  entry(path: string, scope?: ConfigScope): Promise<ConfigEntry>;
  /**
   * Sets a field from its text; secrets are encrypted. In a transaction that is given, it holds from the commit on.
   * @throws ConfigError CONFIG_UNKNOWN, CONFIG_INVALID, CONFIG_SCOPE
   */
  set(path: string, text: string, scope?: ConfigScope, tx?: Transaction): Promise<void>;
  /** "Use default": deletes the row, so that the field inherits again. */
  inherit(path: string, scope?: ConfigScope, tx?: Transaction): Promise<void>;
  /** The scope that a command names by `default`, `website` or `store` and a code. @throws ConfigError CONFIG_SCOPE */
  scopeNamed(name: string, code: string | undefined): Promise<ConfigScope>;
  /** Loads what readers need, so that the first of them does not wait (or runs inside a transaction). */
  prime(): Promise<void>;
}
export const Config: ServiceToken<Config> = service<Config>('framework.Config');
