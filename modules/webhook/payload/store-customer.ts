import { type CustomerAddress, type CustomerAttribute, type CustomerState, isLockedOut } from '../../customer/index.ts';
import { customAttributesOf, type StoreAttribute, type StoreFormField } from './custom-attributes.ts';
import { type StoreAddress, storeAddress } from './store-address.ts';

/** A customer as BigCommerce's V3 API shows one, everything included. `is_active` is ours: BigCommerce has no such state. */
export interface StoreCustomer {
  readonly id: number;
  readonly email: string;
  readonly first_name: string;
  readonly last_name: string;
  /** Of the default billing address, as the telephone is. */
  readonly company: string;
  readonly phone: string;
  readonly notes: string;
  readonly tax_exempt_category: string;
  readonly customer_group_id: number;
  readonly registration_ip_address: string;
  /** ISO 8601, UTC. */
  readonly date_created: string;
  readonly date_modified: string;
  readonly address_count: number;
  readonly attribute_count: number;
  readonly authentication: { readonly force_password_reset: boolean };
  readonly addresses: readonly StoreAddress[];
  readonly attributes: readonly StoreAttribute[];
  readonly form_fields: readonly StoreFormField[];
  readonly store_credit_amounts: readonly { readonly amount: number }[];
  readonly accepts_product_review_abandoned_cart_emails: boolean;
  readonly origin_channel_id: number;
  readonly channel_ids: readonly number[];
  readonly is_active: boolean;
}

/** `2024-05-06 12:00:00`, which is UTC, as `2024-05-06T12:00:00Z`. */
const isoOf = (stored: unknown): string =>
  `${String(stored ?? '')
    .slice(0, 19)
    .replace(' ', 'T')}Z`;

/**
 * A customer in BigCommerce's words: `addresses` are all that it has, `known` the store's attributes. What is a secret
 * (confirmation codes, dates of reset links) or belongs to the lock-out has no place in it.
 */
export function storeCustomer(
  customer: CustomerState,
  addresses: readonly CustomerAddress[],
  known: readonly CustomerAttribute[],
): StoreCustomer {
  const { id, attributes: of } = customer;
  const shown = addresses.map((address) => storeAddress(id, address));
  const billing = shown.find((address) => address.id === of.default_billing) ?? shown[0];
  const custom = customAttributesOf(customer, known);
  const channel = Number(of.website_id ?? 0);
  return {
    id,
    email: String(of.email ?? ''),
    first_name: String(of.firstname ?? ''),
    last_name: String(of.lastname ?? ''),
    company: billing?.company ?? '',
    phone: billing?.phone ?? '',
    notes: '',
    tax_exempt_category: '',
    customer_group_id: Number(of.group_id ?? 0),
    registration_ip_address: '',
    date_created: isoOf(of.created_at),
    date_modified: isoOf(of.updated_at),
    address_count: shown.length,
    attribute_count: custom.attributes.length,
    authentication: { force_password_reset: false },
    addresses: shown,
    ...custom,
    store_credit_amounts: [{ amount: 0 }],
    accepts_product_review_abandoned_cart_emails: false,
    origin_channel_id: channel,
    channel_ids: [channel],
    is_active: Number(of.is_active) === 1 && !isLockedOut(customer),
  };
}
