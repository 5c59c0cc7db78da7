import { fold } from '../../scim/index.ts';
import { alpha2, alpha2ByAlpha3 } from './country-codes.ts';
import { type Transform, TransformError } from './transform.ts';
import { eachText, excerpt } from './value.ts';

/** Languages in which countries are known by name. An earlier one wins where two countries share a name. */
const languages = 'en de fr es it pt nl pl sv da nb fi cs sk hu ro bg el tr ru uk ja zh zh-Hant ko ar he'.split(' ');

/** Names in use that the language data lacks. */
const others: Readonly<Record<string, string>> = {
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  'united states of america': 'US',
  'u.s.a.': 'US',
  'u.s.': 'US',
  'the netherlands': 'NL',
  holland: 'NL',
  'czech republic': 'CZ',
  'russian federation': 'RU',
  'republic of korea': 'KR',
  'korea, republic of': 'KR',
  'republic of ireland': 'IE',
  'viet nam': 'VN',
  turkey: 'TR',
  macedonia: 'MK',
  swaziland: 'SZ',
  'cape verde': 'CV',
  'ivory coast': 'CI',
};

let names: ReadonlyMap<string, string> | undefined;

/** Some eight thousand names, made when the first name is asked for: ten milliseconds, once. */
function byName(): ReadonlyMap<string, string> {
  if (names) return names;
  const made = new Map<string, string>(Object.entries(others));
  for (const language of languages) {
    const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const code of alpha2) {
      const name = display.of(code);
      if (name !== undefined && !made.has(fold(name))) made.set(fold(name), code);
    }
  }
  names = made;
  return made;
}

/** The country that a code (ISO 3166-1: two or three letters, three digits) or a name means, in two letters. */
export function countryOf(text: string): string | undefined {
  const trimmed = text.trim();
  const code = trimmed.toUpperCase();
  if (/^[A-Z]{2}$/.test(code) && alpha2.has(code)) return code;
  if (/^[A-Z]{3}$/.test(code) && alpha2ByAlpha3.has(code)) return alpha2ByAlpha3.get(code);
  if (/^\d{3}$/.test(code)) {
    const [tag = ''] = Intl.getCanonicalLocales(`und-${code}`);
    const two = tag.slice(4);
    return alpha2.has(two) ? two : undefined;
  }
  return byName().get(fold(trimmed));
}

/** What the store keeps: two letters. */
export const country: Transform = {
  name: 'country',
  label: 'Country code',
  description: 'Turns a country, by its name in some thirty languages or by any ISO 3166-1 code, into two letters.',
  options: {
    type: 'object',
    additionalProperties: false,
    properties: { unreadable: { enum: ['refuse', 'nothing'] } },
  },
  example: { options: {}, from: 'Deutschland', to: 'DE' },
  prepare: ({ unreadable = 'refuse' }) => ({
    apply: eachText('country', (text) => {
      if (text.trim() === '') return undefined;
      const code = countryOf(text);
      if (code === undefined && unreadable === 'refuse')
        throw new TransformError(
          'value',
          `${excerpt(text)} is no country that is known here; send its code of two letters (ISO 3166-1), such as "DE".`,
        );
      return code;
    }),
    invert: (value) => value,
  }),
};

/** A region as text; which of the store's regions it is, the store's directory says, once the country is known. */
export const region: Transform = {
  name: 'region',
  label: 'Region',
  description:
    'Takes the country off a code of ISO 3166-2 ("US-CA" becomes "CA") and blanks off the ends; the store finds its own region by that code or name.',
  options: { type: 'object', additionalProperties: false },
  example: { options: {}, from: 'US-CA', to: 'CA' },
  prepare: () => ({
    apply: eachText('region', (text) => {
      const [, two, rest] = /^\s*([A-Za-z]{2})-([A-Za-z0-9]{1,3})\s*$/.exec(text) ?? [];
      return two && rest && alpha2.has(two.toUpperCase()) ? rest.toUpperCase() : text.trim();
    }),
    invert: (value) => value,
  }),
};
