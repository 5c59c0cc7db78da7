import type { ModifiedAttribute } from '../../activity/index.ts';
import type { AddressChange, AttributeValue, CustomerAddress, Regions } from '../../customer/index.ts';
import type { Executor } from '../../framework/index.ts';
import { addressColumnOf, addressIdColumn } from '../column/names.ts';
import type { Fault } from '../transfer-error.ts';
import type { WantedAddress } from './wanted.ts';

/** What is known where addresses are planned. */
export interface AddressSurroundings {
  readonly regions: Regions;
  readonly db: Executor;
}

export interface AddressPlan {
  readonly changes: readonly AddressChange[];
  readonly modified: readonly ModifiedAttribute[];
  readonly faults: readonly Fault[];
}

/** Columns that refuse NULL hold an empty text for nothing. */
const plain = (value: AttributeValue | undefined): AttributeValue =>
  value === undefined || value === '' ? null : value;

/**
 * Decides which addresses are changed and which are new. Magento's import adds every address anew; here one is the same as
 * the one with its id, the one that says the same, or the default one where the row is to be the default. Addresses that a
 * file does not name stay.
 */
export async function planAddresses(
  existing: readonly CustomerAddress[],
  wanted: readonly WantedAddress[],
  around: AddressSurroundings,
): Promise<AddressPlan> {
  const [changes, modified, faults]: [AddressChange[], ModifiedAttribute[], Fault[]] = [[], [], []];
  const settled: WantedAddress[] = [];
  for (const one of wanted) settled.push(await withRegion(one, existing, around));
  const partners = partnersOf(existing, settled);
  for (const one of settled) {
    const partner = partners.get(one);
    if (one.id !== undefined && partner === undefined) {
      const message = `The customer has no address ${one.id}. Empty the cell to add the address.`;
      faults.push({ line: one.line, column: addressIdColumn, message });
      continue;
    }
    const change = partner === undefined ? addition(one) : difference(partner, one);
    if (change === undefined) continue;
    // Identity providers send less than Magento's forms want, and what was exported must come back: this alone is asked for.
    if (plain(one.attributes.country_id ?? partner?.attributes.country_id) === null)
      faults.push({
        line: one.line,
        column: addressColumnOf('country_id'),
        message: 'An address needs a country. Fill it in, or empty all cells of the address.',
      });
    changes.push(change);
    modified.push(...modifiedBy(partner, change));
  }
  return { changes, modified, faults };
}

/** A region as the row will hold it: a known one by its name. */
async function withRegion(
  one: WantedAddress,
  existing: readonly CustomerAddress[],
  { regions, db }: AddressSurroundings,
): Promise<WantedAddress> {
  const { region } = one.attributes;
  if (typeof region !== 'string') return one;
  const partner = existing.find(({ id }) => id === one.id);
  const country = String(one.attributes.country_id ?? partner?.attributes.country_id ?? '');
  const found = await regions.resolve(country, region, db);
  return { ...one, attributes: { ...one.attributes, region: found.region } };
}

type Pair = (partner: CustomerAddress, one: WantedAddress) => boolean;

/** Who is the same as whom, the surest first; each address once. */
function partnersOf(
  existing: readonly CustomerAddress[],
  wanted: readonly WantedAddress[],
): ReadonlyMap<WantedAddress, CustomerAddress> {
  const partners = new Map<WantedAddress, CustomerAddress>();
  const free = new Set(existing);
  const same: Pair = (partner, { attributes }) =>
    Object.entries(attributes).every(([code, value]) => plain(partner.attributes[code]) === plain(value));
  const ways: readonly Pair[] = [
    (partner, { id }) => partner.id === id,
    (partner, one) => one.id === undefined && same(partner, one) && difference(partner, one) === undefined,
    (partner, one) => one.id === undefined && same(partner, one),
    (partner, one) => one.id === undefined && one.defaultBilling === true && partner.defaultBilling,
    (partner, one) => one.id === undefined && one.defaultShipping === true && partner.defaultShipping,
  ];
  for (const pair of ways)
    for (const one of wanted) {
      if (partners.has(one)) continue;
      const partner = [...free].find((candidate) => pair(candidate, one));
      if (partner === undefined) continue;
      free.delete(partner);
      partners.set(one, partner);
    }
  return partners;
}

const flagsOf = ({ defaultBilling, defaultShipping }: WantedAddress) => ({
  ...(defaultBilling === undefined ? {} : { defaultBilling }),
  ...(defaultShipping === undefined ? {} : { defaultShipping }),
});

const addition = (one: WantedAddress): AddressChange => ({ attributes: one.attributes, ...flagsOf(one) });

/** What changes of an address; undefined where nothing does. */
function difference(partner: CustomerAddress, one: WantedAddress): AddressChange | undefined {
  const attributes = Object.fromEntries(
    Object.entries(one.attributes).filter(([code, value]) => plain(partner.attributes[code]) !== plain(value)),
  );
  const { defaultBilling = partner.defaultBilling, defaultShipping = partner.defaultShipping } = one;
  const moves = defaultBilling !== partner.defaultBilling || defaultShipping !== partner.defaultShipping;
  if (Object.keys(attributes).length === 0 && !moves) return undefined;
  return { id: partner.id, attributes, ...flagsOf(one) };
}

function modifiedBy(partner: CustomerAddress | undefined, change: AddressChange): readonly ModifiedAttribute[] {
  const name = partner === undefined ? 'address (new)' : `address ${partner.id}`;
  const values = Object.entries(change.attributes)
    .map(([code, after]) => ({ attribute: `${name} ${code}`, before: partner?.attributes[code] ?? null, after }))
    .filter(({ before, after }) => plain(before) !== plain(after));
  const flags = (['defaultBilling', 'defaultShipping'] as const)
    .filter((flag) => change[flag] !== undefined && change[flag] !== (partner?.[flag] ?? false))
    .map((flag) => ({
      attribute: `${name} ${flag === 'defaultBilling' ? 'default_billing' : 'default_shipping'}`,
      before: partner === undefined ? null : Number(partner[flag]),
      after: Number(change[flag]),
    }));
  return [...values, ...flags];
}
