import { operator } from '../cli/operator.ts';
import type { Database } from '../database/executor.ts';
import { type Event, type Events, event } from '../module/event.ts';
import type { Config, ConfigEntry } from './config.ts';
import { ConfigError } from './error.ts';
import type { ConfigScope } from './section.ts';
import { formatValue, parseValue } from './value.ts';

/** A configuration field that somebody changed on the command line. */
export interface CommandedConfig {
  readonly path: string;
  /** `default`, or the narrower scope as it was named: `website:base`. */
  readonly scope: string;
  /** In words where it is a secret, can't be read, or is inherited. */
  readonly before: string;
  readonly after: string;
  readonly by: string;
  /** An environment variable sets the field, so that what is stored has no effect. */
  readonly overruled: boolean;
}

/**
 * Told in the transaction that makes the change; whoever keeps records observes it. What administrators change on pages
 * is told by the pages, which know their names.
 */
export const ConfigCommanded: Event<CommandedConfig> = event<CommandedConfig>('framework.ConfigCommanded');

export interface ConfigCommandParts {
  readonly config: Config;
  readonly database: Database;
  readonly events: Events;
}

export interface ConfigCommandment {
  readonly path: string;
  /** Without a text the field inherits again. */
  readonly text?: string | undefined;
  readonly scope?: ConfigScope;
  /** How people call the scope: `website:base`. */
  readonly scopeName?: string;
}

/**
 * Changes a field on behalf of who runs a command, and tells of it in the same transaction; of what is so already, nothing.
 * @throws ConfigError as {@link Config.set}
 */
export async function setByCommand(
  { config, database, events }: ConfigCommandParts,
  { path, text, scope = 'default', scopeName = 'default' }: ConfigCommandment,
): Promise<void> {
  const was = await readable(config, path, scope);
  await database.transaction(async (tx) => {
    if (text === undefined) await config.inherit(path, scope, tx);
    else await config.set(path, text, scope, tx);
    if (was && isSo(was, text, scope)) return;
    const told = { path, scope: scopeName, before: before(was), after: after(path, was, text) };
    await events.emit(ConfigCommanded, { ...told, by: operator(), overruled: was?.origin === 'environment' }, tx);
  });
}

/** Undefined for a secret that no key opens: setting it anew is the cure. */
async function readable(config: Config, path: string, scope: ConfigScope): Promise<ConfigEntry | undefined> {
  try {
    return await config.entry(path, scope);
  } catch (error) {
    if (error instanceof ConfigError && error.code === 'CONFIG_UNREADABLE') return undefined;
    throw error;
  }
}

function isSo({ origin, path, field, value }: ConfigEntry, text: string | undefined, scope: ConfigScope): boolean {
  if (origin === 'environment') return false;
  const level = scope === 'default' ? 'default' : 'website' in scope ? 'websites' : 'stores';
  const own = origin.split('/')[0] === level;
  if (text === undefined || field.type === 'secret') return text === undefined && !own;
  return own && formatValue(parseValue(path, field, text)) === formatValue(value);
}

function before(was: ConfigEntry | undefined): string {
  return was && was.field.type !== 'secret' ? formatValue(was.value) : '(a secret)';
}

function after(path: string, was: ConfigEntry | undefined, text: string | undefined): string {
  if (text === undefined) return '(inherited)';
  return was && was.field.type !== 'secret' ? formatValue(parseValue(path, was.field, text)) : '(another secret)';
}
