import type { Attributes, CustomerAddress } from '../../customer/index.ts';

/** An address as BigCommerce's V3 API shows it. */
export interface StoreAddress {
  readonly id: number;
  readonly customer_id: number;
  readonly first_name: string;
  readonly last_name: string;
  readonly company: string;
  readonly address1: string;
  readonly address2: string;
  readonly city: string;
  readonly state_or_province: string;
  readonly postal_code: string;
  readonly country: string;
  /** ISO 3166-1 alpha-2. */
  readonly country_code: string;
  readonly phone: string;
  readonly address_type: 'residential' | 'commercial';
}

const text = (attributes: Attributes, code: string): string => String(attributes[code] ?? '');

const countryNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const countryName = (code: string): string => (/^[A-Z]{2}$/.test(code) ? (countryNames.of(code) ?? code) : code);

/** Magento keeps the lines of a street in one text; what is below the first becomes the second line. */
function linesOf(street: string): readonly [string, string] {
  const [first = '', ...rest] = street.split('\n').map((line) => line.trim());
  return [first, rest.filter((line) => line !== '').join(', ')];
}

/** An address in BigCommerce's words. One of a company is commercial: Magento does not say it otherwise. */
export function storeAddress(customerId: number, { id, attributes }: CustomerAddress): StoreAddress {
  const [address1, address2] = linesOf(text(attributes, 'street'));
  const country = text(attributes, 'country_id');
  const company = text(attributes, 'company');
  return {
    id,
    customer_id: customerId,
    first_name: text(attributes, 'firstname'),
    last_name: text(attributes, 'lastname'),
    company,
    address1,
    address2,
    city: text(attributes, 'city'),
    state_or_province: text(attributes, 'region'),
    postal_code: text(attributes, 'postcode'),
    country: countryName(country),
    country_code: country,
    phone: text(attributes, 'telephone'),
    address_type: company === '' ? 'residential' : 'commercial',
  };
}
