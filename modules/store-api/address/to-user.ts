import type { Attributes } from '../../customer/index.ts';
import { PATCH_OP_SCHEMA } from '../../scim/index.ts';
import { readAddress } from './given-address.ts';

type Body = Readonly<Record<string, unknown>>;

const textIn = (value: unknown): string | undefined =>
  value === undefined || value === null || value === '' ? undefined : String(value);

/** The columns of an address as the SCIM address that a mapping makes the default one of. */
export function scimAddress(columns: Attributes): Body {
  const address = {
    type: 'work',
    primary: true,
    streetAddress: textIn(columns.street),
    locality: textIn(columns.city),
    region: textIn(columns.region),
    postalCode: textIn(columns.postcode),
    country: textIn(columns.country_id),
  };
  return Object.fromEntries(Object.entries(address).filter(([, value]) => value !== undefined));
}

/** The same of an address as an importer sends it with a new customer. @throws StoreRefusal 422 */
export const mainAddressOf = (item: Body): Body => scimAddress(readAddress(item, 'addresses.0'));

/** A PATCH that makes this the main address of a user, and leaves the others. */
export const mainAddressPatch = (columns: Attributes): Body => ({
  schemas: [PATCH_OP_SCHEMA],
  Operations: [{ op: 'replace', path: 'addresses[primary eq true]', value: scimAddress(columns) }],
});

/** A PATCH that takes the addresses of a user away. */
export const noAddressPatch: Body = {
  schemas: [PATCH_OP_SCHEMA],
  Operations: [{ op: 'remove', path: 'addresses' }],
};
