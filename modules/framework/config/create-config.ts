import type { Declared } from '../boot/inventory.ts';
import type { Transaction } from '../database/index.ts';
import type { Clock } from '../environment/clock.ts';
import type { Encryptor } from '../secret/encryptor.ts';
import { aging } from './aging.ts';
import type { Config, ConfigEntry } from './config.ts';
import { ConfigError } from './error.ts';
import { fieldAt, readOverrides } from './overrides.ts';
import type { ConfigField, ConfigFields, ConfigReader, ConfigScope, ConfigSection } from './section.ts';
import { type Found, findText, keyOf, type Snapshot, snapshotOf } from './snapshot.ts';
import type { ConfigStorage } from './storage.ts';
import { type FieldValue, formatValue, parseValue } from './value.ts';

const MAX_AGE_MS = 5_000;

export interface ConfigParts {
  readonly sections: ReadonlyMap<string, Declared<ConfigSection>>;
  /** `CONFIG__…` variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** Without one, the environment and the declared defaults answer. */
  readonly storage: ConfigStorage | undefined;
  readonly encryptor: Encryptor;
  readonly clock: Clock;
}

/** Configuration over a storage. What another process changes is seen within 5 s, what this one sets at once. */
export function createConfig({ sections, variables, storage, encryptor, clock }: ConfigParts): Config {
  const overrides = readOverrides(sections, variables);
  const paths = [...sections.values()].flatMap(({ item }) =>
    Object.keys(item.fields).map((name) => `${item.path}/${name}`),
  );
  // Values are parsed (and decrypted) once per snapshot, since requests ask for the same few again and again.
  const parsed = new WeakMap<Snapshot, Map<string, ConfigEntry>>();
  const snapshots = aging(
    async () =>
      snapshotOf(
        paths.length > 0 ? ((await storage?.rows(paths)) ?? []) : [],
        (await storage?.scopes()) ?? { websites: [], stores: [] },
      ),
    MAX_AGE_MS,
    () => clock.now().getTime(),
  );

  function declared(path: string): ConfigField {
    const field = fieldAt(sections, path);
    if (field) return field;
    throw new ConfigError(
      'CONFIG_UNKNOWN',
      path,
      'no enabled module declares this field; `config:show` lists them all.',
    );
  }

  async function entry(path: string, scope: ConfigScope = 'default'): Promise<ConfigEntry> {
    const snapshot = await snapshots.get();
    let entries = parsed.get(snapshot);
    if (!entries) {
      entries = new Map();
      parsed.set(snapshot, entries);
    }
    const { scope: level, scopeId } = keyOf(path, scope);
    const key = `${level}/${scopeId}/${path}`;
    let known = entries.get(key);
    if (!known) {
      known = makeEntry(path, declared(path), findText(snapshot, overrides, path, scope), encryptor);
      entries.set(key, known);
    }
    return known;
  }

  async function store(
    path: string,
    scope: ConfigScope,
    tx: Transaction | undefined,
    change: (to: ConfigStorage) => Promise<void>,
  ): Promise<void> {
    const field = declared(path);
    if (!storage)
      throw new ConfigError('CONFIG_STORAGE', path, 'nothing stores configuration; enable the module "store".');
    checkScope(path, field, scope);
    findText(await snapshots.get(), overrides, path, scope); // refuses a website or store that does not exist
    await change(storage);
    const renew = async (): Promise<void> => {
      snapshots.expire();
      await snapshots.get();
    };
    if (tx) tx.afterCommit(renew);
    else await renew();
  }

  return {
    sections: () => [...sections.values()].map(({ item }) => item),
    entry,
    reader<F extends ConfigFields>(section: ConfigSection<F>) {
      const get = async (name: string, scope?: ConfigScope) => (await entry(`${section.path}/${name}`, scope)).value;
      return { get } as unknown as ConfigReader<F>;
    },
    async set(path, text, scope = 'default', tx) {
      const field = declared(path);
      const plain = formatValue(parseValue(path, field, text));
      const value = field.type === 'secret' && plain !== '' ? encryptor.encrypt(plain) : plain;
      await store(path, scope, tx, (to) => to.write({ ...keyOf(path, scope), value }, tx));
    },
    inherit: (path, scope = 'default', tx) => store(path, scope, tx, (from) => from.remove(keyOf(path, scope), tx)),
    scopeNamed: async (name, code) => scopeNamed(await snapshots.get(), name, code),
    prime: async () => {
      await snapshots.get();
    },
  };
}

function makeEntry(path: string, field: ConfigField, found: Found | undefined, encryptor: Encryptor): ConfigEntry {
  if (!found) return { path, field, value: field.default, origin: 'declared' };
  const text = field.type === 'secret' ? reveal(path, found, encryptor) : found.text;
  return { path, field, value: parseValue(path, field, text) satisfies FieldValue, origin: found.origin };
}

function reveal(path: string, { text, fromEnvironment }: Found, encryptor: Encryptor): string {
  if (text === '' || (fromEnvironment && !/^\d+:3:/.test(text))) return text;
  try {
    return encryptor.decrypt(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError('CONFIG_UNREADABLE', path, `${why} Set it anew with config:set.`, { cause });
  }
}

function checkScope(path: string, field: ConfigField, scope: ConfigScope): void {
  const asked = scope === 'default' ? 'default' : 'website' in scope ? 'website' : 'store';
  const depth = ['default', 'website', 'store'];
  if (depth.indexOf(asked) <= depth.indexOf(field.scope)) return;
  const where = field.scope === 'default' ? 'for the whole installation only' : 'for a website at the narrowest';
  throw new ConfigError('CONFIG_SCOPE', path, `can be set ${where}, not for a ${asked}.`);
}

function scopeNamed({ scopes }: Snapshot, name: string, code: string | undefined): ConfigScope {
  if (name === 'default') return 'default';
  const known = name.startsWith('website') ? scopes.websites : scopes.stores;
  const match = known.find((scope) => scope.code === code) ?? known.find((scope) => String(scope.id) === code);
  if (match) return name.startsWith('website') ? { website: match.id } : { store: match.id };
  const codes = known.map((scope) => scope.code).join(', ') || 'none';
  throw new ConfigError('CONFIG_SCOPE', name, `there is no ${name} with the code "${code ?? ''}"; known: ${codes}.`);
}
