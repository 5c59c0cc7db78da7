import { addressPrefix, type MappedCustomer, type MappedValue } from '../../attribute-mapping/index.ts';
import type { CustomerAddress, CustomerState } from '../../customer/index.ts';

/** Row values by target: attribute codes, `address.<field>`, `billing.<field>`, `shipping.<field>`. */
export type Values = Readonly<Record<string, MappedValue>>;

/** Default addresses that a mapping may tell apart; they are the prefixes of their targets as well. */
export const addressKinds = ['billing', 'shipping'] as const;
export type AddressKind = (typeof addressKinds)[number];

/** What a mapped customer wants the row to hold, by target. */
export function valuesOf(
  mapped: Pick<MappedCustomer, 'attributes' | 'address' | 'billing' | 'shipping'>,
): Record<string, MappedValue> {
  const values: Record<string, MappedValue> = { ...mapped.attributes };
  for (const field in mapped.address) values[addressPrefix + field] = mapped.address[field] ?? null;
  if (mapped.billing) for (const field in mapped.billing) values[`billing.${field}`] = mapped.billing[field] ?? null;
  if (mapped.shipping)
    for (const field in mapped.shipping) values[`shipping.${field}`] = mapped.shipping[field] ?? null;
  return values;
}

/** The address that mapping works on: the default billing one, else the default shipping one. */
export const mappedAddress = (customer: CustomerState): CustomerAddress | undefined =>
  customer.addresses.find((address) => address.defaultBilling) ?? customer.addresses[0];

/** One default address on its own. */
export const defaultAddress = (customer: CustomerState, kind: string): CustomerAddress | undefined =>
  customer.addresses.find((address) => (kind === 'billing' ? address.defaultBilling : address.defaultShipping));

/** The target of a subscription, which stands beside the customer's row. */
export const newsletterTarget = 'newsletter';

/** What the row holds for a target. Magento writes empty text where a column refuses NULL; here both are null. */
export function rowValue(customer: CustomerState, target: string): MappedValue {
  if (customer.subscribed !== undefined && target === newsletterTarget) return Number(customer.subscribed);
  const dot = target.indexOf('.');
  const value = dot < 0 ? customer.attributes[target] : addressValue(customer, target, dot);
  return value === undefined || value === '' ? null : value;
}

function addressValue(customer: CustomerState, target: string, dot: number): MappedValue | undefined {
  const address = target.startsWith(addressPrefix)
    ? mappedAddress(customer)
    : defaultAddress(customer, target.slice(0, dot));
  return address?.attributes[target.slice(dot + 1)];
}
