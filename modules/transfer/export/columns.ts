import type { CustomerAddress, CustomerAttribute, CustomerGroup } from '../../customer/index.ts';
import { UsageError } from '../../framework/index.ts';
import type { Store, Website } from '../../store/index.ts';
import { attributeCodecs, customCodes } from '../column/codecs.ts';
import {
  addressColumnOf,
  addressIdColumn,
  addressPrefix,
  defaultBillingColumn,
  defaultShippingColumn,
  furtherAddressColumns,
  groupColumn,
  magentoAddressColumns,
  magentoCustomerColumns,
  subscribedColumn,
} from '../column/names.ts';
import type { ExportedCustomer } from './walk.ts';

/** What stands in a cell of a customer, or of one of its addresses; null for nothing. */
export type CustomerCell = (customer: ExportedCustomer) => string | null;
export type AddressCell = (address: CustomerAddress) => string | null;

/** The columns of an export, in their order. */
export interface ExportColumns {
  readonly customer: ReadonlyMap<string, CustomerCell>;
  readonly address: ReadonlyMap<string, AddressCell>;
}

/** The store's lists that cells are written with. */
export interface ExportSurroundings {
  readonly attributes: readonly CustomerAttribute[];
  readonly websites: readonly Website[];
  readonly stores: readonly Store[];
  readonly groups: readonly CustomerGroup[];
}

const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
const codeOf = (all: readonly { readonly id: number; readonly code: string }[], id: unknown): string | null =>
  all.find((one) => one.id === id)?.code ?? null;

/** Every column there is. */
function allColumns({ attributes, websites, stores, groups }: ExportSurroundings): ExportColumns {
  const customer = new Map<string, CustomerCell>();
  const column =
    (code: string): CustomerCell =>
    ({ state }) =>
      textOf(state.attributes[code]);
  customer.set('entity_id', ({ state }) => String(state.id));
  for (const code of ['increment_id', 'updated_at', 'website_id', 'store_id', 'created_at', 'group_id', 'is_active'])
    customer.set(code, column(code));
  for (const [code, codec] of attributeCodecs(attributes))
    customer.set(code, ({ state }) => {
      const value = state.attributes[code] ?? null;
      return value === null ? null : codec.toText(value);
    });
  customer.set('_website', ({ state }) => codeOf(websites, state.attributes.website_id));
  customer.set('_store', ({ state }) => codeOf(stores, state.attributes.store_id));
  customer.set(groupColumn, ({ state }) => codeOf(groups, state.attributes.group_id));
  customer.set(subscribedColumn, ({ subscribed }) => (subscribed ? '1' : '0'));
  customer.set('password_hash', ({ passwordHash }) => passwordHash ?? null);

  const address = new Map<string, AddressCell>([[addressIdColumn, ({ id }) => String(id)]]);
  for (const code of [...magentoAddressColumns, 'region_id', ...furtherAddressColumns])
    address.set(addressColumnOf(code), ({ attributes: values }) => textOf(values[code]));
  address.set(defaultBillingColumn, ({ defaultBilling }) => (defaultBilling ? '1' : '0'));
  address.set(defaultShippingColumn, ({ defaultShipping }) => (defaultShipping ? '1' : '0'));
  return { customer, address };
}

/** What is exported unless columns are named: Magento's, the store's own, and what makes the way back whole. */
function usual(attributes: readonly CustomerAttribute[], own: boolean): readonly string[] {
  return [
    ...magentoCustomerColumns,
    ...customCodes(attributes),
    ...(own ? ['is_active', groupColumn, subscribedColumn] : []),
    ...[...magentoAddressColumns, ...(own ? furtherAddressColumns : [])].map(addressColumnOf),
    defaultBillingColumn,
    defaultShippingColumn,
  ];
}

/**
 * The columns that were asked for: `magento` (what Magento's own import takes), `all`, or names.
 *
 * @throws UsageError for a name that no column has
 */
export function exportColumns(
  surroundings: ExportSurroundings,
  asked: readonly string[],
  passwordHashes: boolean,
): ExportColumns {
  const all = allColumns(surroundings);
  const { attributes } = surroundings;
  const names = asked.flatMap((name) =>
    name === 'all'
      ? [...all.customer.keys(), ...all.address.keys()].filter((column) => column !== 'password_hash')
      : name === 'magento'
        ? usual(attributes, false)
        : [name],
  );
  const wanted = new Set(asked.length === 0 ? usual(attributes, true) : names);
  if (wanted.has('password_hash') && !passwordHashes)
    throw new UsageError('Give --with-password-hashes to export password hashes.');
  if (passwordHashes) wanted.add('password_hash');
  for (const name of wanted)
    if (!all.customer.has(name) && !all.address.has(name))
      throw new UsageError(
        `There is no column "${name}". There are: ${[...all.customer.keys(), ...all.address.keys()].join(', ')}; or all, or magento.`,
      );
  const ofAddresses = [...wanted].filter((name) => name.startsWith(addressPrefix));
  if (ofAddresses.length > 0 && !wanted.has('email') && !wanted.has('entity_id'))
    throw new UsageError(
      'Columns of addresses need "email" or "entity_id" beside them: that is how rows are told apart.',
    );
  const picked = <T>(from: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    new Map(
      [...wanted].flatMap((name) => {
        const cell = from.get(name);
        return cell === undefined ? [] : [[name, cell] as const];
      }),
    );
  return { customer: picked(all.customer), address: picked(all.address) };
}
