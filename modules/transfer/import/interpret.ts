import type { AttributeValue } from '../../customer/index.ts';
import { parseHash } from '../../framework/index.ts';
import { flagOf } from '../column/flag.ts';
import { momentCodec } from '../column/moment.ts';
import { addressPrefix, subscribedColumn } from '../column/names.ts';
import type { SourceRecord, SourceRow } from '../file/row.ts';
import { type Fault, quoted, ValueRefused } from '../transfer-error.ts';
import type { Header } from './header.ts';
import { homeIn } from './home.ts';
import { idOf, interpretAddress } from './interpret-address.ts';
import { type RowReading, readingOf } from './reading.ts';
import type { Surroundings } from './surroundings.ts';
import type { Wanted, WantedAddress } from './wanted.ts';

/** What a record means, or everything that is wrong with it. */
export type Interpreted =
  | { readonly wanted: Wanted; readonly faults?: undefined }
  | { readonly faults: readonly Fault[]; readonly wanted?: undefined };

/** What a file's values are read with. */
export interface Interpreter {
  readonly surroundings: Surroundings;
  readonly header: Header;
  /** Where rows belong that name no website. */
  readonly websiteId: number | undefined;
}

/** Reads a customer of a file. Touches no database. */
export function interpret(given: SourceRecord, interpreter: Interpreter): Interpreted {
  const faults: Fault[] = [];
  const { surroundings, header } = interpreter;
  const rows = given.rows.map((row) => withoutPassedOver(row, header));
  const [first, ...others] = rows;
  if (first === undefined || given.orphaned) {
    const message = 'The row names no customer, and none stands above it. Fill in the e-mail.';
    return { faults: [{ line: given.line, column: 'email', message }] };
  }
  for (const row of rows) faults.push(...faultsOf(row, header, row !== first));
  if (faults.length > 0) return { faults };
  const reading = readingOf(first, faults);
  const customer = interpretCustomer(reading, first, interpreter);
  const addresses: (WantedAddress | undefined)[] = [interpretAddress(first, reading, surroundings)];
  for (const row of others) addresses.push(interpretAddress(row, readingOf(row, faults), surroundings));
  if (faults.length > 0) return { faults };
  return { wanted: { ...customer, addresses: addresses.filter((address) => address !== undefined) } };
}

const withoutPassedOver = (row: SourceRow, { passedOver }: Header): SourceRow => ({
  ...row,
  cells: new Map([...row.cells].filter(([column]) => !passedOver(column))),
});

/** What is wrong with a row as such. */
function faultsOf({ line, cells, fault }: SourceRow, header: Header, below: boolean): readonly Fault[] {
  if (fault !== undefined) return [{ line, column: undefined, message: fault }];
  const columns = [...cells.keys()];
  const strange = below ? columns.find((column) => !column.startsWith(addressPrefix)) : undefined;
  if (strange !== undefined) {
    const message = `The row has no e-mail, so it is a further address of the customer above, which has no ${quoted(strange)}. Fill in the e-mail, or empty that cell.`;
    return [{ line, column: strange, message }];
  }
  return columns
    .filter((column) => !header.known(column))
    .map((column) => ({ line, column, message: header.unknown(column) }));
}

const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+$/.test(text);

/** @throws ValueRefused */
function emailOf(text: string): string {
  const email = text.trim();
  if (isEmail(email) && [...email].length <= 255) return email;
  throw new ValueRefused(`${quoted(email)} is no e-mail address. Write one such as ada@example.com.`);
}

/** @throws ValueRefused */
function hashOf(text: string): string {
  if (text.length <= 255 && parseHash(text) !== undefined) return text;
  throw new ValueRefused('The cell holds no hash as Magento 2 writes it (hash:salt:version). Export it anew.');
}

function interpretCustomer(
  reading: RowReading,
  { cells }: SourceRow,
  { surroundings, websiteId }: Interpreter,
): Omit<Wanted, 'addresses'> {
  const attributes: Record<string, AttributeValue> = {};
  const id = reading.read('entity_id', idOf) ?? undefined;
  const email = reading.read('email', emailOf) ?? undefined;
  if (id === undefined && !cells.has('email') && !cells.has('entity_id'))
    reading.fault('email', 'The row says neither an e-mail nor an entity_id. Fill in the e-mail.');
  // In the order of the file, as changes are shown.
  for (const code of cells.keys()) {
    const codec = surroundings.codecs.get(code);
    if (code === 'email' && email !== undefined) attributes.email = email;
    if (code === 'email' || codec === undefined) continue;
    const value = reading.read(code, (text) => codec.toValue(text));
    // A flag has no third state.
    if (value !== undefined && !(value === null && code === 'disable_auto_group_change')) attributes[code] = value;
  }
  for (const code of ['firstname', 'lastname'])
    if (code in attributes && String(attributes[code] ?? '').trim() === '')
      reading.fault(code, `Magento can't keep a customer without a ${code}. Fill it in.`);
  const home = homeIn(reading, surroundings, { websiteId, known: id !== undefined });
  return {
    line: reading.line,
    id,
    email,
    websiteId: home.websiteId,
    attributes: { ...attributes, ...home.attributes },
    createdAt: (reading.read('created_at', (text) => momentCodec.toValue(text)) ?? undefined) as string | undefined,
    active: reading.read('is_active', flagOf) ?? undefined,
    subscribed: reading.read(subscribedColumn, flagOf) ?? undefined,
    password: reading.value('password') ?? undefined,
    passwordHash: reading.read('password_hash', hashOf) ?? undefined,
  };
}
