import { quoted, ValueRefused } from '../transfer-error.ts';
import type { Codec } from './codec.ts';

/**
 * A day and, if there is one, a time, in the forms that Magento's import takes (PHP's `strtotime`) and that mean only one
 * thing: `1990-12-31`, ISO 8601 with or without a zone, American `12/31/1990` (two digits of a year too), European
 * `31.12.1990`. Without a zone times are UTC, as in Magento's tables.
 *
 * @returns `YYYY-MM-DD HH:MM:SS`, UTC, and whether a time was said
 * @throws ValueRefused
 */
export function momentOf(text: string): { readonly at: string; readonly timed: boolean } {
  const trimmed = text.trim();
  for (const { pattern, order } of forms) {
    const match = pattern.exec(trimmed);
    if (match === null) continue;
    const [, ...parts] = match;
    const [year, month, day] = order.map((place) => parts[place] ?? '') as [string, string, string];
    return { at: utc(text, [fullYear(year), month, day], parts.slice(3)), timed: parts[3] !== undefined };
  }
  throw refused(text);
}

const time = '(?:[T ]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.\\d{1,9})?)?\\s*(Z|UTC|[+-]\\d{2}:?\\d{2})?)?$';
const forms = [
  { pattern: new RegExp(`^(\\d{4})-(\\d{1,2})-(\\d{1,2})${time}`, 'i'), order: [0, 1, 2] },
  { pattern: new RegExp(`^(\\d{1,2})/(\\d{1,2})/(\\d{4}|\\d{2})${time}`, 'i'), order: [2, 0, 1] },
  { pattern: new RegExp(`^(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})${time}`, 'i'), order: [2, 1, 0] },
] as const;

/** Two digits as PHP reads them: 00–69 are of this century. */
const fullYear = (year: string): string => (year.length === 4 ? year : `${Number(year) < 70 ? '20' : '19'}${year}`);

const two = (part: string): string => part.padStart(2, '0');

function utc(
  text: string,
  [year, month, day]: readonly [string, string, string],
  [hour = '0', minute = '0', second = '0', zone = 'Z']: readonly (string | undefined)[],
): string {
  const date = `${year}-${two(month)}-${two(day)}`;
  const offset = /^(Z|UTC)$/i.test(zone) ? 'Z' : zone.replace(/^(...)(\d\d)$/, '$1:$2');
  const clock = [hour, minute, second].map(two).join(':');
  const local = new Date(`${date}T${clock}Z`);
  const moment = new Date(`${date}T${clock}${offset}`);
  // JavaScript makes the 31st of June the 1st of July; nobody was born then.
  if (
    Number.isNaN(moment.getTime()) ||
    Number.isNaN(local.getTime()) ||
    !local.toISOString().startsWith(date) ||
    date < '1000'
  )
    throw refused(text);
  return moment.toISOString().slice(0, 19).replace('T', ' ');
}

const refused = (text: string): ValueRefused =>
  new ValueRefused(
    `${quoted(text)} is no date that can be read for certain. Write 1990-12-31, 1990-12-31 23:59:59 (UTC), 12/31/1990 or 31.12.1990.`,
  );

/** A day. A time behind it is dropped, as Magento drops it; a zone does not move the day. */
export const dayCodec: Codec = {
  toText: (value) => String(value).slice(0, 10),
  toValue(text) {
    momentOf(text);
    return momentOf(text.trim().replace(/[T ].*$/s, '')).at.slice(0, 10);
  },
};

/** A day and a time, UTC; midnight is written as the day alone. */
export const momentCodec: Codec = {
  toText: (value) => String(value).replace(/ 00:00:00$/, ''),
  toValue: (text) => momentOf(text).at,
};
