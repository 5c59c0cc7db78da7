import { createRequire } from 'node:module';
import type * as phoneNumbers from 'libphonenumber-js';
import { isObject, type Resource } from '../../scim/index.ts';
import { countryOf } from './country.ts';
import { alpha2 } from './country-codes.ts';
import { type Transform, TransformError } from './transform.ts';
import { eachText, excerpt } from './value.ts';

let library: typeof phoneNumbers | undefined;

/** Loaded when the first number is read: most mappings never do. */
const phones = (): typeof phoneNumbers =>
  (library ??= createRequire(import.meta.url)('libphonenumber-js') as typeof phoneNumbers);

/**
 * The country of the user's address: the primary one, else that of type `work`, else the first that names one, else the
 * flat one that the guides of miniOrange and BigCommerce have.
 */
function countryOfUser(user: Resource): string | undefined {
  const addresses = Array.isArray(user.addresses) ? (user.addresses as unknown[]).filter(isObject) : [];
  const rank = (address: Resource): number => (address.primary === true ? 0 : address.type === 'work' ? 1 : 2);
  const [first] = addresses.filter(({ country }) => typeof country === 'string').sort((a, b) => rank(a) - rank(b));
  const said = first ? first.country : user.country_code;
  return typeof said === 'string' ? countryOf(said) : undefined;
}

/** E.164, the one form in which two spellings of a number are equal. */
export const phone: Transform = {
  name: 'phone',
  label: 'Phone number',
  description:
    "Writes a phone number as E.164 has it, with + and the country's prefix. A number without one is read as of the country of the user's address, else of the country given here. An extension is left out.",
  options: {
    type: 'object',
    additionalProperties: false,
    properties: {
      country: { type: 'string', pattern: '^[A-Z]{2}$' },
      unreadable: { enum: ['keep', 'refuse', 'nothing'] },
    },
  },
  example: { options: { country: 'US' }, from: '(201) 555-0123', to: '+12015550123' },
  prepare({ country, unreadable = 'keep' }) {
    if (typeof country === 'string' && !alpha2.has(country))
      throw new TransformError('options', `"${country}" is no country code of ISO 3166-1.`);
    const otherwise = (text: string): unknown => {
      if (unreadable === 'keep') return text;
      if (unreadable === 'nothing') return undefined;
      throw new TransformError(
        'value',
        `${excerpt(text)} can't be read as a phone number; send it with + and the country's prefix, such as "+12015550123".`,
      );
    };
    return {
      apply: (value, user) =>
        eachText('phone', (text) => {
          if (text.trim() === '') return undefined;
          const where = (countryOfUser(user) ?? country) as phoneNumbers.CountryCode | undefined;
          const number = phones().parsePhoneNumberFromString(text, where);
          return number?.isPossible() ? number.number : otherwise(text);
        })(value),
      invert: (value) => value,
    };
  },
};
