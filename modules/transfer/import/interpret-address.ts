import { type AttributeValue, addressKinds } from '../../customer/index.ts';
import { storedValue } from '../column/codec.ts';
import { flagOf } from '../column/flag.ts';
import { addressColumnOf, addressIdColumn, defaultBillingColumn, defaultShippingColumn } from '../column/names.ts';
import type { SourceRow } from '../file/row.ts';
import { ValueRefused } from '../transfer-error.ts';
import { addressColumns } from './header.ts';
import type { RowReading } from './reading.ts';
import type { Surroundings } from './surroundings.ts';
import type { WantedAddress } from './wanted.ts';

const columns = [...addressColumns.map(addressColumnOf), addressIdColumn];

/** A row says something of an address. Flags alone say nothing: exports write 0 where there is no address. */
const speaks = ({ cells }: SourceRow): boolean => columns.some((column) => cells.has(column));

/** A whole number from 1 to 2³²−1. @throws ValueRefused */
export function idOf(text: string): number {
  const id = /^\d{1,10}$/.test(text.trim()) ? Number(text) : 0;
  if (id < 1 || id > 0xffff_ffff) throw new ValueRefused(`"${text.slice(0, 20)}" is no id. Write the number of a row.`);
  return id;
}

/** Reads the address of a row; undefined where it has none. */
export function interpretAddress(
  row: SourceRow,
  reading: RowReading,
  { countryOf }: Surroundings,
): WantedAddress | undefined {
  if (!speaks(row)) return undefined;
  const attributes: Record<string, AttributeValue> = {};
  for (const code of addressColumns) {
    const kind = addressKinds.get(code);
    if (kind === undefined) continue;
    const value = reading.read(addressColumnOf(code), (text) =>
      storedValue(code, kind, code === 'country_id' ? countryOf(text) : code === 'street' ? lines(text) : text),
    );
    if (value !== undefined) attributes[code] = value;
  }
  return {
    line: row.line,
    id: reading.read(addressIdColumn, idOf) ?? undefined,
    attributes,
    defaultBilling: reading.read(defaultBillingColumn, flagOf) ?? undefined,
    defaultShipping: reading.read(defaultShippingColumn, flagOf) ?? undefined,
  };
}

/** Magento keeps the lines of a street with LF between. */
const lines = (text: string): string => text.replace(/\r\n?/g, '\n');
