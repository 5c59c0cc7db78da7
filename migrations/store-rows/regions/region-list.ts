export interface Region {
  readonly country: string;
  readonly code: string;
  readonly name: string;
}

/**
 * Reads a country's regions from `code: name; code: name; …`; an entry without a colon is its own code. `prefix` comes
 * before every code, for the countries whose codes Magento keeps as full ISO 3166-2 (`PL-02`).
 */
export function regionList(country: string, list: string, prefix = ''): readonly Region[] {
  return list.split(';').map((entry) => {
    const [code = '', name = code] = entry
      .trim()
      .split(':')
      .map((part) => part.trim());
    return { country, code: prefix + code, name };
  });
}
