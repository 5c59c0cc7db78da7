import {
  type Config,
  ConfigError,
  type ConfigSection,
  formatValue,
  parseValue,
  type Transaction,
} from '../../framework/index.ts';
import { readFields, type ShownField } from './reading.ts';
import type { ShownScope } from './scope.ts';
import { sentText } from './text.ts';

export interface PlannedChange {
  /** With its scope, where that is not the default. */
  readonly attribute: string;
  /** Of secrets nothing but that they changed. */
  readonly before: string;
  readonly after: string;
  make(tx: Transaction): Promise<void>;
}

/** What a form wants to be different, or why it can't be. */
export interface Saving {
  readonly changes: readonly PlannedChange[];
  /** By path. */
  readonly errors: Readonly<Record<string, string>>;
}

/**
 * Compares a form with what is there. A field that is ticked in `inherit` inherits; one that isn't has the value that was
 * sent, even where it is the same as the inherited one. Nothing is written yet: one wrong value keeps all from being saved.
 */
export async function planSaving(
  config: Config,
  groups: readonly ConfigSection[],
  scope: ShownScope,
  form: URLSearchParams,
): Promise<Saving> {
  const inherit = new Set(form.getAll('inherit'));
  const changes: PlannedChange[] = [];
  const errors: Record<string, string> = {};
  const fields = (await Promise.all(groups.map((group) => readFields(config, group, scope, [])))).flat();
  for (const field of fields.filter(({ settable }) => settable)) {
    const { path, own } = field;
    if (inherit.has(path)) {
      if (own)
        changes.push({
          ...plainValue(field, scope),
          after: '(inherited)',
          make: (tx) => config.inherit(path, scope.scope, tx),
        });
      continue;
    }
    const sent = form.get(path);
    if (sent === null) continue;
    try {
      const text = changedText(field, sent);
      if (text !== undefined) {
        const after = field.entry.field.type === 'secret' ? '(another secret)' : text;
        changes.push({ ...plainValue(field, scope), after, make: (tx) => config.set(path, text, scope.scope, tx) });
      }
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      errors[path] = error.message.replace(`${path}: `, '');
    }
  }
  return { changes, errors };
}

/** A field as the record names it, with the value that it has. */
function plainValue(
  { path, entry, fault }: ShownField,
  scope: ShownScope,
): Pick<PlannedChange, 'attribute' | 'before'> {
  const secret = entry.field.type === 'secret' || fault !== undefined;
  return {
    attribute: scope.key === 'default' ? path : `${path} (${scope.key})`,
    before: secret ? '(a secret)' : formatValue(entry.value),
  };
}

/** The text to store; undefined where nothing is to be stored. @throws ConfigError */
function changedText({ path, entry, own, fault }: ShownField, sent: string): string | undefined {
  const text = sentText(entry.field, sent);
  // A secret is never shown: an empty box means that it stays.
  if (entry.field.type === 'secret' && text === '') return undefined;
  const value = parseValue(path, entry.field, text);
  const same = fault === undefined && formatValue(value) === formatValue(entry.value);
  return own && same ? undefined : text;
}
