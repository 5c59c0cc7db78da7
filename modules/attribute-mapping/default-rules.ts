import { enterpriseUserSchema } from '../scim/index.ts';
import { addressPrefix, type MappedValue } from './mapping.ts';
import { converted, type Rule, text, textToRow } from './rule.ts';
import { attribute, mainElement } from './source.ts';

const enterprise = (name: string) => attribute(enterpriseUserSchema.id, name);
const address = (field: string): string => `${addressPrefix}${field}`;

/** `active` is true unless the client says otherwise (RFC 7643 §4.1.1 leaves the default to the provider). */
const active = converted(
  attribute('active'),
  'is_active',
  1,
  (value) => (value === false ? 0 : 1),
  (value) => value === 1,
);

/** Two letters are taken as ISO 3166-1 alpha-2, which is what Magento stores; anything else can't be a country there. */
function country(value: unknown, rule: Rule): MappedValue {
  const code = textToRow(value, { ...rule, maxLength: 255 });
  return typeof code === 'string' && /^[A-Za-z]{2}$/.test(code) ? code.toUpperCase() : null;
}

/** Rules for the customer itself. First and last name and e-mail have fallbacks of their own (engine). */
export const customerRules: readonly Rule[] = [
  text(mainElement('emails', 'value'), 'email'),
  text(attribute('name', 'givenName'), 'firstname'),
  text(attribute('name', 'familyName'), 'lastname'),
  text(attribute('name', 'middleName'), 'middlename'),
  text(attribute('name', 'honorificPrefix'), 'prefix', 40),
  text(attribute('name', 'honorificSuffix'), 'suffix', 40),
  active,
  text(attribute('title'), 'job_title'),
  text(mainElement('phoneNumbers', 'value'), 'phone_number'),
  text(enterprise('employeeNumber'), 'employee_number'),
  text(enterprise('department'), 'department'),
  text(enterprise('costCenter'), 'cost_center'),
  text(enterprise('organization'), 'organization'),
  text(enterprise('division'), 'division'),
];

/** Rules for the default address. */
export const addressRules: readonly Rule[] = [
  text(mainElement('addresses', 'streetAddress'), address('street')),
  text(mainElement('addresses', 'locality'), address('city')),
  text(mainElement('addresses', 'region'), address('region')),
  text(mainElement('addresses', 'postalCode'), address('postcode')),
  converted(mainElement('addresses', 'country'), address('country_id'), 2, country),
];

/** A customer attribute that a rule needs and Magento does not have out of the box. */
export interface CustomAttribute {
  readonly code: string;
  readonly label: string;
  readonly backendType: 'varchar';
}

/** Created in the store when missing. */
export const customAttributes: readonly CustomAttribute[] = [
  { code: 'job_title', label: 'Job Title', backendType: 'varchar' },
  { code: 'phone_number', label: 'Phone Number', backendType: 'varchar' },
  { code: 'employee_number', label: 'Employee Number', backendType: 'varchar' },
  { code: 'department', label: 'Department', backendType: 'varchar' },
  { code: 'cost_center', label: 'Cost Center', backendType: 'varchar' },
  { code: 'organization', label: 'Organization', backendType: 'varchar' },
  { code: 'division', label: 'Division', backendType: 'varchar' },
];
