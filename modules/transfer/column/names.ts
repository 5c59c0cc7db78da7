/** Names of columns, as Magento's import and export "Customers and Addresses" (`customer_composite`) has them. */
export const addressPrefix = '_address_';
export const defaultBillingColumn = '_address_default_billing_';
export const defaultShippingColumn = '_address_default_shipping_';

/** What Magento's format has no column for. */
export const addressIdColumn = '_address_entity_id';
export const groupColumn = '_group';
export const subscribedColumn = 'is_subscribed';

/** In an errors file; an import passes over them. */
export const lineColumn = '_line';
export const errorColumn = '_error';

/** Stands in a cell that is to be cleared, because an empty one leaves the value alone: Magento's own word. */
export const emptyValue = '__EMPTY__VALUE__';

/** Columns of customers that Magento's import takes, in the order of its export; the store's own attributes follow. */
export const magentoCustomerColumns = [
  'email',
  '_website',
  '_store',
  'confirmation',
  'created_at',
  'created_in',
  'disable_auto_group_change',
  'dob',
  'firstname',
  'gender',
  'group_id',
  'lastname',
  'middlename',
  'prefix',
  'suffix',
  'taxvat',
] as const;

export const magentoAddressColumns = [
  'city',
  'company',
  'country_id',
  'fax',
  'firstname',
  'lastname',
  'middlename',
  'postcode',
  'prefix',
  'region',
  'street',
  'suffix',
  'telephone',
  'vat_id',
] as const;

/** Columns of addresses besides, that make the way there and back whole. */
export const furtherAddressColumns = [
  'vat_is_valid',
  'vat_request_date',
  'vat_request_id',
  'vat_request_success',
] as const;

export const addressColumnOf = (code: string): string => `${addressPrefix}${code}`;

/**
 * Columns of Magento's files that an import passes over: the store sets them itself, another column says it better, or
 * they are secrets that must not travel.
 */
export const passedOverColumns: ReadonlySet<string> = new Set([
  lineColumn,
  errorColumn,
  'website_id',
  'store_id',
  'increment_id',
  'updated_at',
  'rp_token',
  'rp_token_created_at',
  'default_billing',
  'default_shipping',
  'failures_num',
  'first_failure',
  'lock_expires',
  'session_cutoff',
  'region_id',
  '_address_region_id',
]);
