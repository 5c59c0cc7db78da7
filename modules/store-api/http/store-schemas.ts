import { type JsonSchema, json } from '../../framework/index.ts';
import type { StoreAddress, StoreCustomer } from '../../webhook/index.ts';
import type { StoreHook } from '../hook/shown-hook.ts';

const { text, number, flag, list, object, oneOf, said, record, named, either } = json;

/** A page of a list, or what came of an array. */
export const listOf = (data: JsonSchema): JsonSchema =>
  object({
    data: list(data),
    meta: object({
      'pagination?': object({
        total: number,
        count: number,
        per_page: number,
        current_page: number,
        total_pages: number,
        links: json.map(text),
      }),
      'cursor_pagination?': object({
        count: number,
        per_page: number,
        'start_cursor?': text,
        'end_cursor?': text,
        links: json.map(text),
      }),
    }),
  });

export const addressSchema = named(
  'StoreAddress',
  object<StoreAddress>({
    id: number,
    customer_id: number,
    first_name: text,
    last_name: text,
    company: text,
    address1: text,
    address2: text,
    city: text,
    state_or_province: text,
    postal_code: text,
    country: text,
    country_code: said('ISO 3166-1.'),
    phone: text,
    address_type: oneOf(['residential', 'commercial']),
  }),
);

const attribute = object({ attribute_id: number, attribute_value: text, customer_id: number });
const field = object({ name: text, value: either(text, list(text)), customer_id: number });

type Included = 'addresses' | 'attributes' | 'form_fields' | 'store_credit_amounts';

/** Lists that are only there where `include` asks for them, and the state that a stranger's row does not show. */
type Seen = Omit<StoreCustomer, Included | 'is_active'> & Partial<Pick<StoreCustomer, Included | 'is_active'>>;

export const customerSchema = named(
  'StoreCustomer',
  object<Seen>({
    id: number,
    email: text,
    first_name: text,
    last_name: text,
    company: text,
    phone: text,
    notes: text,
    tax_exempt_category: text,
    customer_group_id: number,
    registration_ip_address: text,
    date_created: text,
    date_modified: text,
    address_count: number,
    attribute_count: number,
    authentication: object({ force_password_reset: flag }),
    'addresses?': list(addressSchema),
    'attributes?': list(attribute),
    'form_fields?': list(field),
    'store_credit_amounts?': list(object({ amount: json.decimal })),
    accepts_product_review_abandoned_cart_emails: flag,
    origin_channel_id: number,
    channel_ids: list(number),
    'is_active?': flag,
  }),
);

/** A customer as an importer sends it. */
export const givenCustomer = (title: string, members: Readonly<Record<string, JsonSchema>>): JsonSchema =>
  named(
    title,
    object({
      ...members,
      'first_name?': text,
      'last_name?': text,
      'company?': text,
      'phone?': text,
      'customer_group_id?': number,
      'authentication?': object({ new_password: text }),
      'addresses?': said('At most ten; the first one is both defaults.', list(record)),
      'form_fields?': list(object({ name: said('The code of an attribute.'), value: json.anything })),
      'is_active?': flag,
    }),
  );

export const hookSchema = named(
  'StoreHook',
  object<StoreHook>({
    id: number,
    client_id: text,
    store_hash: text,
    scope: text,
    destination: text,
    headers: json.map(text),
    is_active: flag,
    events_history_enabled: flag,
    created_at: said('Seconds since 1970.', number),
    updated_at: number,
  }),
);
