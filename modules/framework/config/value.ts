import { ConfigError } from './error.ts';
import type { ConfigField } from './section.ts';

/** A field's value in code; which of these it is follows from the field's type. */
export type FieldValue = string | number | boolean | readonly string[] | Readonly<Record<string, string>>;

/**
 * Reads a field's text as it stands in `core_config_data`, the environment or a command: yes/no as Magento's 1 and 0
 * (true, false, yes, no, on, off are understood), lists as comma-separated words or a JSON array, maps as a JSON object.
 *
 * @throws ConfigError CONFIG_INVALID
 */
export function parseValue(path: string, field: ConfigField, text: string): FieldValue {
  const refuse = (expected: string): never => {
    const found = field.type === 'secret' ? '' : `, not "${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
    throw new ConfigError('CONFIG_INVALID', path, `"${field.label}" must be ${expected}${found}.`);
  };
  switch (field.type) {
    case 'text':
      if (field.pattern && !matches(field.pattern, text)) refuse(`text like ${field.pattern}`);
      return text;
    case 'secret':
      return text;
    case 'yesno':
      return parseYesNo(text) ?? refuse('yes or no (1 or 0)');
    case 'number':
      return parseNumber(text, field.min, field.max) ?? refuse(rangeOf(field));
    case 'select':
      return Object.hasOwn(field.options, text) ? text : refuse(`one of ${Object.keys(field.options).join(', ')}`);
    case 'list':
      return parseList(text) ?? refuse('words separated by commas, or a JSON array of texts');
    case 'map':
      return parseMap(text) ?? refuse('a JSON object of texts, such as {"a":"b"}');
  }
}

/** The text under which a value is stored; {@link parseValue} reads it back. */
export function formatValue(value: FieldValue): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value !== 'object') return String(value);
  const plain = Array.isArray(value) && value.every((item) => /^[^\s,[\]"]+$/.test(item));
  return plain ? value.join(',') : JSON.stringify(value);
}

// A global or sticky pattern remembers where it stopped; a fresh search each time does not.
const matches = (pattern: RegExp, text: string): boolean => text.search(pattern) >= 0;

function parseYesNo(text: string): boolean | undefined {
  if (/^(1|true|yes|on)$/i.test(text)) return true;
  return /^(0|false|no|off|)$/i.test(text) ? false : undefined;
}

function parseNumber(text: string, min = -Infinity, max = Infinity): number | undefined {
  if (!/^\s*-?\d+(\.\d+)?\s*$/.test(text)) return undefined;
  const number = Number(text);
  return number >= min && number <= max ? number : undefined;
}

function rangeOf({ min, max }: { min?: number; max?: number }): string {
  if (min !== undefined && max !== undefined) return `a number from ${min} to ${max}`;
  if (min !== undefined) return `a number of at least ${min}`;
  return max === undefined ? 'a number' : `a number of at most ${max}`;
}

function parseList(text: string): readonly string[] | undefined {
  if (!text.trimStart().startsWith('[')) {
    return text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }
  const parsed = parseJson(text);
  return Array.isArray(parsed) && parsed.every((item) => typeof item === 'string') ? parsed : undefined;
}

function parseMap(text: string): Readonly<Record<string, string>> | undefined {
  if (text.trim() === '') return {};
  const parsed = parseJson(text);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const entries = Object.entries(parsed);
  if (!entries.every(([key, value]) => key !== '__proto__' && typeof value === 'string')) return undefined;
  return Object.fromEntries(entries) as Record<string, string>;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
