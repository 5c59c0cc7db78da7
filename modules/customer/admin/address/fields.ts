import type { Attributes, AttributeValue, CustomerAddress } from '../../customer.ts';
import type { CustomerOwner } from '../extension-points.ts';

/** What is asked of an address, in Magento's order; `street` is a line of several fields. */
export const addressFields = [
  ['prefix', 'Name Prefix'],
  ['firstname', 'First Name'],
  ['middlename', 'Middle Name/Initial'],
  ['lastname', 'Last Name'],
  ['suffix', 'Name Suffix'],
  ['company', 'Company'],
  ['street', 'Street Address'],
  ['country_id', 'Country'],
  ['region', 'State/Province'],
  ['city', 'City'],
  ['postcode', 'Zip/Postal Code'],
  ['telephone', 'Phone Number'],
  ['fax', 'Fax'],
  ['vat_id', 'VAT Number'],
] as const;
export type AddressField = (typeof addressFields)[number][0];

/** What a row's field holds, as the form writes it. */
export const addressText = (address: Attributes, code: AddressField): string => String(address[code] ?? '');

/** The lines of a street: as many as the website asks for, and no fewer than there are. */
export function streetLines(street: string, wanted: number): readonly string[] {
  const lines = street === '' ? [] : street.split('\n');
  return Array.from({ length: Math.max(wanted, lines.length) }, (_, at) => lines[at] ?? '');
}

/** Whose this field of an address is; an identity provider's are those of the default addresses. */
export function lockedBy(
  owner: CustomerOwner | undefined,
  address: CustomerAddress | undefined,
  code: AddressField,
): string | undefined {
  if (!owner || !address || !(address.defaultBilling || address.defaultShipping)) return undefined;
  const owns = [...owner.owns].some((key) => key.includes('.') && key.endsWith(`.${code}`));
  return owns ? `Owned by ${owner.name}: it is changed there.` : undefined;
}

/** The address that a form describes. Fields that the form doesn't have, or that are locked, stay as they are. */
export function addressIn(form: URLSearchParams, locked: (code: AddressField) => boolean): Attributes {
  const given: Record<string, AttributeValue> = {};
  for (const [code] of addressFields) {
    if (locked(code)) continue;
    const street = code === 'street';
    if (!form.has(code)) continue;
    const text = street
      ? form
          .getAll(code)
          .map((line) => line.trim())
          .join('\n')
          .replace(/\n+$/, '')
      : (form.get(code)?.trim() ?? '');
    given[code] = text === '' ? null : text;
  }
  return given;
}

const countryNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

/** Country codes with their English names, by name. */
export const namedCountries = (codes: readonly string[]): readonly (readonly [string, string])[] =>
  codes
    .map((code) => [code, /^[A-Z]{2}$/.test(code) ? (countryNames.of(code) ?? code) : code] as const)
    .sort(([, a], [, b]) => a.localeCompare(b, 'en'));
