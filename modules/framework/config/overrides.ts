import type { Declared } from '../boot/inventory.ts';
import type { Problem } from '../boot/problem.ts';
import type { ConfigField, ConfigSection } from './section.ts';
import { parseValue } from './value.ts';

const PREFIX = 'CONFIG__';

/** A value that the environment sets, and the variable that does. */
export interface ConfigOverride {
  readonly text: string;
  readonly variable: string;
}

export interface Overrides {
  /** By `default/<path>`, `websites/<code>/<path>` or `stores/<code>/<path>`, codes in lower case. */
  readonly values: ReadonlyMap<string, ConfigOverride>;
  /** Variables that name no field of an enabled module: a typing mistake, or a module that is switched off. */
  readonly unknown: readonly string[];
}

type Sections = ReadonlyMap<string, Declared<ConfigSection>>;

/**
 * Reads Magento's override variables, `CONFIG__DEFAULT__SECTION__GROUP__FIELD` and
 * `CONFIG__WEBSITES__<CODE>__…`, `CONFIG__STORES__<CODE>__…`; upper and lower case do not matter.
 */
export function readOverrides(sections: Sections, variables: Readonly<Record<string, string>>): Overrides {
  const values = new Map<string, ConfigOverride>();
  const unknown: string[] = [];
  for (const [variable, text] of Object.entries(variables)) {
    if (!variable.toUpperCase().startsWith(PREFIX)) continue;
    const parts = variable.slice(PREFIX.length).toLowerCase().split('__');
    const path = parts.slice(-3).join('/');
    const scope = scopeOf(parts.slice(0, -3));
    if (scope && fieldAt(sections, path)) values.set(`${scope}/${path}`, { text, variable });
    else unknown.push(variable);
  }
  return { values, unknown };
}

function scopeOf([name = '', ...code]: readonly string[]): string | undefined {
  if (name === 'default') return code.length === 0 ? name : undefined;
  return (name === 'websites' || name === 'stores') && code.length > 0 ? `${name}/${code.join('__')}` : undefined;
}

/** The field at `section/group/field`. */
export function fieldAt(sections: Sections, path: string): ConfigField | undefined {
  const slash = path.lastIndexOf('/');
  const fields = sections.get(path.slice(0, slash))?.item.fields ?? {};
  const name = path.slice(slash + 1);
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** Overrides whose value does not fit their field. */
export function overrideProblems(sections: Sections, variables: Readonly<Record<string, string>>): readonly Problem[] {
  return [...readOverrides(sections, variables).values].flatMap(([key, { text, variable }]): Problem[] => {
    const path = key.split('/').slice(-3).join('/');
    const field = fieldAt(sections, path);
    if (!field) return [];
    try {
      parseValue(path, field, text);
      return [];
    } catch (cause) {
      const message = `the environment variable ${variable} is wrong: ${(cause as Error).message}`;
      const module = sections.get(path.slice(0, path.lastIndexOf('/')))?.module ?? 'framework';
      return [{ code: 'CONFIG_OVERRIDE', module, message, cure: `Correct or unset ${variable}.` }];
    }
  });
}
