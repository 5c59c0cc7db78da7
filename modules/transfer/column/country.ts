import { quoted, ValueRefused } from '../transfer-error.ts';

export interface CountryRow {
  readonly country_id: string;
  readonly iso3_code: string | null;
}

/** Finds a country by its code of two or three letters or by its English name. @throws ValueRefused */
export type CountryOf = (text: string) => string;

const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('&', 'and')
    .replace(/[^a-z]+/g, ' ')
    .trim()
    .replace(/^the /, '');

/** Makes the look-up from the store's directory, which knows the codes, and the names that Unicode gives them. */
export function countryFinder(countries: readonly CountryRow[]): CountryOf {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const shortNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none', style: 'short' });
  const byWord = new Map<string, string>();
  for (const { country_id: id } of countries) {
    for (const name of [names.of(id), shortNames.of(id)]) if (name !== undefined) byWord.set(fold(name), id);
  }
  // Codes last: they win over a name that reads the same.
  for (const { country_id: id, iso3_code: iso3 } of countries)
    for (const word of [iso3, id]) if (word !== null) byWord.set(fold(word), id);
  return (text) => {
    const found = byWord.get(fold(text));
    if (found !== undefined) return found;
    throw new ValueRefused(
      `${quoted(text)} is no country of this store. Write its code of two letters, such as US, or its English name.`,
    );
  };
}
