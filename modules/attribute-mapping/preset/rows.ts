import { enterpriseUserSchema } from '../../scim/index.ts';
import type { DeclaredSource, DirectRow } from '../document/document.ts';

const direct = (id: string, source: string, target: string): DirectRow => ({ id, type: 'direct', source, target });
const enterprise = (name: string): string => `${enterpriseUserSchema.id}:${name}`;

/** What RFC 7643 has for a person, and where Magento keeps it. Names and e-mail have fallbacks of their own beside these. */
export const personRows: readonly DirectRow[] = [
  direct('email', 'emails[main].value', 'email'),
  direct('first-name', 'name.givenName', 'firstname'),
  direct('last-name', 'name.familyName', 'lastname'),
  direct('middle-name', 'name.middleName', 'middlename'),
  direct('prefix', 'name.honorificPrefix', 'prefix'),
  direct('suffix', 'name.honorificSuffix', 'suffix'),
  direct('active', 'active', 'is_active'),
  direct('job-title', 'title', 'job_title'),
  direct('phone', 'phoneNumbers[main].value', 'phone_number'),
  direct('employee-number', enterprise('employeeNumber'), 'employee_number'),
  direct('department', enterprise('department'), 'department'),
  direct('cost-center', enterprise('costCenter'), 'cost_center'),
  direct('organization', enterprise('organization'), 'organization'),
  direct('division', enterprise('division'), 'division'),
];

/** The main address becomes the default billing and shipping address. */
export const addressRows: readonly DirectRow[] = [
  direct('street', 'addresses[main].streetAddress', 'address.street'),
  direct('city', 'addresses[main].locality', 'address.city'),
  direct('region', 'addresses[main].region', 'address.region'),
  direct('postcode', 'addresses[main].postalCode', 'address.postcode'),
  direct('country', 'addresses[main].country', 'address.country_id'),
];

/** The address attributes of the BigCommerce guide, which its readers make by hand and send beside the address. */
export const flatAddressSources: readonly DeclaredSource[] = [
  { name: 'address1', description: 'Street and house number.' },
  { name: 'city', description: 'The city.' },
  { name: 'state_or_province', description: 'The state or province.' },
  { name: 'postal_code', description: 'The postal code.' },
  { name: 'country_code', description: 'The country, as ISO 3166-1 alpha-2 code.' },
];

/** Where the flat attributes go when the user has no address of SCIM's. */
export const flatAddressRows: readonly DirectRow[] = [
  direct('flat-street', 'address1', 'address.street'),
  direct('flat-city', 'city', 'address.city'),
  direct('flat-region', 'state_or_province', 'address.region'),
  direct('flat-postcode', 'postal_code', 'address.postcode'),
  direct('flat-country', 'country_code', 'address.country_id'),
];
