import type { CustomerAddress, CustomerState } from '../../customer/index.ts';
import type { Account } from './account.tsx';

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
const joined = (separator: string, ...parts: readonly unknown[]): string =>
  parts
    .map(text)
    .filter((part) => part !== '')
    .join(separator);

function useOf({ defaultBilling, defaultShipping }: CustomerAddress): string | undefined {
  if (defaultBilling && defaultShipping) return 'Billing and shipping address';
  if (defaultBilling) return 'Billing address';
  return defaultShipping ? 'Shipping address' : undefined;
}

/** What a person sees of the own account: names and addresses as they stand on a letter. */
export function accountOf(
  { attributes }: CustomerState,
  addresses: readonly CustomerAddress[],
  group: string | undefined,
): Account {
  const { prefix, firstname, middlename, lastname, suffix, email } = attributes;
  return {
    name: joined(' ', prefix, firstname, middlename, lastname, suffix) || text(email),
    email: text(email),
    group,
    addresses: addresses.map((address) => {
      const { attributes: its } = address;
      const lines = [
        text(its.company),
        joined(' ', its.firstname, its.lastname),
        ...text(its.street).split('\n'),
        joined(' ', its.postcode, its.city),
        joined(', ', its.region, its.country_id),
      ];
      return { lines: lines.filter((line) => line !== ''), use: useOf(address) };
    }),
  };
}
