import { type ConfigField, formatValue } from '../../framework/index.ts';

type Value = Parameters<typeof formatValue>[0];

/** A value as its control shows it: lists and maps have a line for each entry, `key = value`. */
export function shownText(field: ConfigField, value: Value): string {
  if (field.type === 'secret') return '';
  if (Array.isArray(value)) return value.join('\n');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, one]) => `${key} = ${String(one)}`)
      .join('\n');
  return formatValue(value);
}

/** What a control sent, as configuration takes it. */
export function sentText(field: ConfigField, text: string): string {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (field.type === 'list') return JSON.stringify(lines.map((line) => line.trim()));
  if (field.type !== 'map') return field.type === 'secret' || field.type === 'text' ? text : text.trim();
  return JSON.stringify(
    Object.fromEntries(
      lines.map((line) => {
        const at = line.indexOf('=');
        return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
      }),
    ),
  );
}
