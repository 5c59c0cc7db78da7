import type { Attributes } from '../../customer/index.ts';
import { unfit } from '../refusal.ts';

type Item = Readonly<Record<string, unknown>>;

/** The columns of an address by the names that BigCommerce has for them; a street has two of those. */
const columns = {
  first_name: 'firstname',
  last_name: 'lastname',
  company: 'company',
  city: 'city',
  state_or_province: 'region',
  postal_code: 'postcode',
  country_code: 'country_id',
  phone: 'telephone',
} as const;

const textOf = (item: Item, name: string, at: string): string | undefined => {
  const value = item[name];
  if (value === undefined) return undefined;
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return String(value).trim();
  throw unfit(`${at}.${name}`, `"${name}" has to be a text.`);
};

/** Both lines as the one text that the store keeps; a line that was not said stays, from `before`. */
function streetOf(item: Item, at: string, before: string): string | undefined {
  const [first = '', ...rest] = before.split('\n');
  const [line1, line2] = [textOf(item, 'address1', at), textOf(item, 'address2', at)];
  if (line1 === undefined && line2 === undefined) return undefined;
  return [line1 ?? first, line2 ?? rest.join('\n')].filter((line) => line !== '').join('\n');
}

/**
 * The columns that an importer says of an address. `before` is what it has, where there is one.
 *
 * @throws StoreRefusal 422 that names the field
 */
export function readAddress(item: Item, at: string, before: Attributes = {}): Attributes {
  const given: Record<string, string> = {};
  for (const [name, column] of Object.entries(columns)) {
    const value = textOf(item, name, at);
    if (value !== undefined) given[column] = column === 'country_id' ? countryOf(value, at) : value;
  }
  const street = streetOf(item, at, String(before.street ?? ''));
  return street === undefined ? given : { ...given, street };
}

function countryOf(value: string, at: string): string {
  if (value === '' || /^[A-Za-z]{2}$/.test(value)) return value.toUpperCase();
  throw unfit(`${at}.country_code`, '"country_code" has to be two letters (ISO 3166-1), such as US.');
}
