import type { Attributes } from '../../customer.ts';

/** An address as it stands on a letter. */
export function addressLines(address: Attributes): readonly string[] {
  const { company, firstname, lastname, street, postcode, city, region, country_id, telephone } = address;
  const joined = (...parts: readonly unknown[]) =>
    parts.filter((part) => part !== null && part !== undefined && part !== '').join(' ');
  return [
    joined(firstname, lastname),
    joined(company),
    ...String(street ?? '').split('\n'),
    joined(postcode, city),
    joined(region, country_id),
    joined(telephone),
  ].filter((line) => line !== '');
}
