import type { ValueKind } from './value.ts';

const text = (max: number): ValueKind => ({ is: 'text', max });
const small: ValueKind = { is: 'int', min: 0, max: 65_535 };
const id: ValueKind = { is: 'int', min: 0, max: 4_294_967_295 };
const date: ValueKind = { is: 'date' };
const timestamp: ValueKind = { is: 'datetime' };

/**
 * The columns of `customer_entity` that a customer's attributes show, in the order they are read.
 * `password_hash` and `rp_token` are secrets and are not among them.
 */
export const customerColumns = {
  website_id: small,
  email: text(255),
  group_id: small,
  increment_id: text(50),
  store_id: small,
  created_at: timestamp,
  updated_at: timestamp,
  is_active: small,
  disable_auto_group_change: small,
  created_in: text(255),
  prefix: text(40),
  firstname: text(255),
  middlename: text(255),
  lastname: text(255),
  suffix: text(40),
  dob: date,
  rp_token_created_at: timestamp,
  default_billing: id,
  default_shipping: id,
  taxvat: text(50),
  confirmation: text(64),
  gender: small,
  failures_num: { is: 'int', min: -32_768, max: 32_767 },
  first_failure: timestamp,
  lock_expires: timestamp,
  session_cutoff: timestamp,
} as const satisfies Record<string, ValueKind>;
export type CustomerColumn = keyof typeof customerColumns;
export const customerColumnNames = Object.keys(customerColumns) as readonly CustomerColumn[];
export const customerKinds: ReadonlyMap<string, ValueKind> = new Map(Object.entries(customerColumns));

/** Columns without a NULL: clearing one is a mistake of the caller. */
export const requiredColumns: ReadonlySet<string> = new Set([
  'group_id',
  'is_active',
  'disable_auto_group_change',
  'created_at',
  'updated_at',
]);

/** Columns that `update` refuses, each with the way to go. */
export const guardedColumns: ReadonlyMap<string, string> = new Map([
  ['entity_id', 'It is the identity of the row and never changes.'],
  ['increment_id', 'It is given out once, at creation.'],
  ['created_at', 'It is set once, at creation.'],
  ['updated_at', 'Every write sets it.'],
  ['website_id', 'A customer stays on its website; create another customer there.'],
  ['default_billing', 'Use saveAddress or removeAddress.'],
  ['default_shipping', 'Use saveAddress or removeAddress.'],
  ['password_hash', 'Use Passwords.set.'],
]);

/** Columns that `update` may clear but never set: ResetTokens issues them. */
export const clearOnlyColumns: ReadonlySet<string> = new Set(['rp_token', 'rp_token_created_at']);

/** The columns of `customer_address_entity` that an address's attributes show. */
export const addressColumns = {
  increment_id: text(50),
  created_at: timestamp,
  updated_at: timestamp,
  is_active: small,
  city: text(255),
  company: text(255),
  country_id: text(255),
  fax: text(255),
  firstname: text(255),
  lastname: text(255),
  middlename: text(255),
  postcode: text(255),
  prefix: text(40),
  region: text(255),
  region_id: id,
  street: { is: 'text', max: 65_535, bytes: true },
  suffix: text(40),
  telephone: text(255),
  vat_id: text(255),
  vat_is_valid: id,
  vat_request_date: text(255),
  vat_request_id: text(255),
  vat_request_success: id,
} as const satisfies Record<string, ValueKind>;
export type AddressColumn = keyof typeof addressColumns;
export const addressColumnNames = Object.keys(addressColumns) as readonly AddressColumn[];
export const addressKinds: ReadonlyMap<string, ValueKind> = new Map(Object.entries(addressColumns));

/** Address columns that refuse NULL; Magento writes an empty text where nothing was given. */
export const requiredAddressColumns: readonly AddressColumn[] = [
  'city',
  'country_id',
  'firstname',
  'lastname',
  'street',
  'telephone',
];
