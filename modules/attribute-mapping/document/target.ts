/** Where a row's value goes, or comes from on the way back. */
export type Target =
  | { readonly kind: 'attribute'; readonly key: string; readonly code: string }
  | {
      readonly kind: 'address';
      readonly key: string;
      readonly of: 'address' | 'billing' | 'shipping';
      readonly field: string;
    }
  | { readonly kind: 'special'; readonly key: SpecialTarget };

/** What is no attribute of the customer's row: a choice among the store's rows, a subscription, a secret. */
export const specialTargets = ['group', 'newsletter', 'store_view', 'website', 'password'] as const;
export type SpecialTarget = (typeof specialTargets)[number];

/** The columns of the customer's row in which choices among the store's rows stand. */
const choiceColumns: ReadonlyMap<string, string> = new Map([
  ['group', 'group_id'],
  ['store_view', 'store_id'],
  ['website', 'website_id'],
]);

/** A target as rows, shadows and drifts name it: by the column where it is a choice among the store's rows. */
export const rowName = (key: string): string => choiceColumns.get(key) ?? key;

/** Magento's own columns that a row may reach, with the characters they hold. Custom attributes are judged by the store's list. */
export const customerColumns: ReadonlyMap<string, number> = new Map([
  ['email', 255],
  ['firstname', 255],
  ['lastname', 255],
  ['middlename', 255],
  ['prefix', 40],
  ['suffix', 40],
  ['is_active', 1],
  ['dob', 10],
  ['gender', 255],
  ['taxvat', 50],
]);

/** The fields of an address that a row may reach, with the characters they hold. */
export const addressFields: ReadonlyMap<string, number> = new Map([
  ['street', 255],
  ['city', 255],
  ['region', 255],
  ['postcode', 255],
  ['country_id', 2],
  ['telephone', 255],
  ['company', 255],
  ['fax', 255],
  ['vat_id', 255],
  ['prefix', 40],
  ['firstname', 255],
  ['middlename', 255],
  ['lastname', 255],
  ['suffix', 40],
]);

/** Fields that make an address by themselves; the others only accompany these. */
export const substantialFields: ReadonlySet<string> = new Set(['street', 'city', 'region', 'postcode', 'country_id']);

/** Names of Magento's that are never a target, each with the way to go where there is one. */
const forbidden: ReadonlyMap<string, string> = new Map([
  ['entity_id', ''],
  ['increment_id', ''],
  ['entity_type_id', ''],
  ['attribute_set_id', ''],
  ['parent_id', ''],
  ['password_hash', 'Map the attribute "password" to the target "password".'],
  ['rp_token', ''],
  ['rp_token_created_at', ''],
  ['website_id', 'Use the target "website".'],
  ['store_id', 'Use the target "store_view".'],
  ['group_id', 'Use the target "group".'],
  ['failures_num', 'Use the attribute "active", which locks and unlocks a customer.'],
  ['first_failure', 'Use the attribute "active", which locks and unlocks a customer.'],
  ['lock_expires', 'Use the attribute "active", which locks and unlocks a customer.'],
  ['session_cutoff', 'Use the attribute "active", which locks and unlocks a customer.'],
  ['created_at', ''],
  ['updated_at', ''],
  ['created_in', ''],
  ['confirmation', ''],
  ['disable_auto_group_change', ''],
  ['default_billing', 'Use a target such as "billing.city".'],
  ['default_shipping', 'Use a target such as "shipping.city".'],
  ['constructor', ''],
  ['prototype', ''],
]);

/** What keeps a name from being a target, as the cure says it; undefined for a name that may be one. */
export const forbiddenCure = (code: string): string | undefined => {
  const known = forbidden.get(code);
  return known === '' ? 'Choose another target: this one is for the store alone.' : known;
};

const isSpecial = (text: string): text is SpecialTarget => (specialTargets as readonly string[]).includes(text);

/** The target that a text names; undefined where it can be none. Whether the store has the attribute is another question. */
export function parseTarget(text: string): Target | undefined {
  if (isSpecial(text)) return { kind: 'special', key: text };
  const dot = text.indexOf('.');
  if (dot < 0) return attributeTarget(text);
  const [owner, name] = [text.slice(0, dot), text.slice(dot + 1)];
  if (owner === 'customer') return attributeTarget(name);
  if (owner !== 'address' && owner !== 'billing' && owner !== 'shipping') return undefined;
  return addressFields.has(name) ? { kind: 'address', key: text, of: owner, field: name } : undefined;
}

const attributeTarget = (code: string): Target | undefined =>
  /^[A-Za-z][A-Za-z0-9_]{0,59}$/.test(code) ? { kind: 'attribute', key: code, code } : undefined;
