import { isRecord } from '../http/parameters.ts';
import { unfit } from '../refusal.ts';

/** A customer as an importer sends it: what was not said is missing, what was said to be nothing is empty. */
export interface GivenCustomer {
  readonly email?: string;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly company?: string;
  readonly phone?: string;
  readonly customer_group_id?: number;
  readonly password?: string;
  readonly addresses?: readonly Readonly<Record<string, unknown>>[];
  /** Attributes of the store by their codes. */
  readonly formFields: Readonly<Record<string, unknown>>;
  /** Whatever else was sent, under its own name: a mapping may know it. */
  readonly others: Readonly<Record<string, unknown>>;
}

const texts = ['email', 'first_name', 'last_name', 'company', 'phone'] as const;

/** What an importer reads and sends back, and what the store alone says. */
const notOurs: ReadonlySet<string> = new Set([
  'id',
  'date_created',
  'date_modified',
  'registration_ip_address',
  'address_count',
  'attribute_count',
  'attributes',
  'origin_channel_id',
  'channel_ids',
  'store_credit_amounts',
  'accepts_product_review_abandoned_cart_emails',
  'trigger_account_created_notification',
  'shopper_profile_id',
  'segment_ids',
]);

const known: ReadonlySet<string> = new Set([
  ...texts,
  'customer_group_id',
  'authentication',
  'addresses',
  'form_fields',
  'is_active',
]);

/** Reads one item; `at` is its place in the array. @throws StoreRefusal 422 that names the field */
export function readCustomer(item: Readonly<Record<string, unknown>>, at: number): GivenCustomer {
  const said: Record<string, unknown> = {};
  for (const name of texts) {
    const value = item[name];
    if (value === undefined) continue;
    if (value !== null && typeof value !== 'string') throw unfit(`${at}.${name}`, `"${name}" has to be a text.`);
    said[name] = value?.trim() ?? '';
  }
  const group = groupIn(item.customer_group_id, at);
  const password = passwordIn(item.authentication, at);
  const others = Object.entries(item).filter(
    ([name, value]) => !known.has(name) && !notOurs.has(name) && value !== null && value !== '',
  );
  return {
    ...said,
    ...(group === undefined ? {} : { customer_group_id: group }),
    ...(password === undefined ? {} : { password }),
    ...(item.addresses === undefined ? {} : { addresses: addressesIn(item.addresses, at) }),
    formFields: fieldsIn(item.form_fields, at),
    others: { ...Object.fromEntries(others), ...(item.is_active === undefined ? {} : { active: item.is_active }) },
  };
}

/** BigCommerce's 0 is no group; the store's default stays then. */
function groupIn(value: unknown, at: number): number | undefined {
  if (value === undefined || value === null || value === 0 || value === '') return undefined;
  const id = Number(value);
  if (Number.isInteger(id) && id > 0) return id;
  throw unfit(`${at}.customer_group_id`, '"customer_group_id" has to be the number of a customer group.');
}

function passwordIn(value: unknown, at: number): string | undefined {
  if (value === undefined || value === null) return undefined;
  const password = isRecord(value) ? (value.new_password ?? undefined) : null;
  if (password === undefined || password === '') return undefined;
  if (typeof password === 'string') return password;
  throw unfit(`${at}.authentication`, '"authentication" has to be an object whose "new_password" is a text.');
}

function addressesIn(value: unknown, at: number): readonly Readonly<Record<string, unknown>>[] {
  if (value === null) return [];
  if (Array.isArray(value) && value.length <= 10 && value.every(isRecord)) return value;
  throw unfit(`${at}.addresses`, '"addresses" has to be an array of at most 10 objects.');
}

function fieldsIn(value: unknown, at: number): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  const fields: readonly unknown[] = Array.isArray(value) ? value : [undefined];
  return Object.fromEntries(
    fields.map((field) => {
      if (isRecord(field) && typeof field.name === 'string') return [field.name, field.value ?? null];
      throw unfit(`${at}.form_fields`, '"form_fields" has to be an array of objects with "name" and "value".');
    }),
  );
}
