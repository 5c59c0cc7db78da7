import {
  addressColumnOf,
  addressIdColumn,
  defaultBillingColumn,
  defaultShippingColumn,
  furtherAddressColumns,
  groupColumn,
  magentoAddressColumns,
  passedOverColumns,
  subscribedColumn,
} from '../column/names.ts';
import { quoted, TransferError } from '../transfer-error.ts';
import type { ImportOptions } from './options.ts';
import type { Surroundings } from './surroundings.ts';

/** Columns that are read with more than one attribute's codec. */
const service = [
  'entity_id',
  'email',
  '_website',
  '_store',
  'group_id',
  groupColumn,
  'created_at',
  'is_active',
  subscribedColumn,
  'password',
  'password_hash',
  addressIdColumn,
  defaultBillingColumn,
  defaultShippingColumn,
];
export const addressColumns: readonly string[] = [...magentoAddressColumns, ...furtherAddressColumns];

/** Which columns a file may have, and which of them are passed over. */
export interface Header {
  known(column: string): boolean;
  passedOver(column: string): boolean;
  /** What the reader of an error needs to know of a column that is not known. */
  unknown(column: string): string;
}

export function headerOf(
  { codecs }: Surroundings,
  { ignored, passwordHashes }: Pick<ImportOptions, 'ignored' | 'passwordHashes'>,
): Header {
  const known = new Set([...service, ...codecs.keys(), ...addressColumns.map(addressColumnOf)]);
  return {
    known: (column) => known.has(column),
    passedOver: (column) =>
      ignored.has(column) || passedOverColumns.has(column) || (column === 'password_hash' && !passwordHashes),
    unknown: (column) =>
      `There is no column ${quoted(column)} of customers. Correct its name, create the attribute, or pass over it with --ignore ${column}.`,
  };
}

/**
 * Checks the first line of a CSV, and answers the columns that are passed over.
 *
 * @throws TransferError `COLUMN_UNKNOWN`, with all of them; `COLUMN_MISSING`
 */
export function checkColumns(header: Header, columns: readonly string[]): readonly string[] {
  const passedOver = columns.filter((column) => header.passedOver(column));
  const unknown = columns.filter((column) => !header.passedOver(column) && !header.known(column));
  const [first] = unknown;
  if (first !== undefined) {
    const message =
      unknown.length === 1
        ? header.unknown(first)
        : `There are no columns ${unknown.map(quoted).join(', ')} of customers. Correct their names, create the attributes, or pass over them with --ignore.`;
    throw new TransferError('COLUMN_UNKNOWN', message);
  }
  if (!columns.includes('email') && !columns.includes('entity_id'))
    throw new TransferError(
      'COLUMN_MISSING',
      `The first line names no column "email" or "entity_id", which say whom a row is about: ${columns.slice(0, 8).map(quoted).join(', ')}. Put the names of columns into the first line.`,
    );
  return passedOver.filter((column) => !column.startsWith('_'));
}
