import { createReadStream } from 'node:fs';
import { joined } from '../column/choice.ts';
import { addressColumnOf, defaultBillingColumn, defaultShippingColumn } from '../column/names.ts';
import { TransferError } from '../transfer-error.ts';
import type { SourceFile, SourceRow } from './row.ts';
import type { FileSurvey } from './survey.ts';

const longestLine = 1_000_000;

type JsonObject = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Opens a file with one JSON object a line: columns as members, addresses as the list `addresses`. */
export function openJsonLines({ path }: FileSurvey): SourceFile {
  const stream = createReadStream(path, 'utf8');
  return { columns: undefined, rows: rowsOf(stream), bytesRead: () => stream.bytesRead };
}

async function* linesOf(stream: AsyncIterable<string>): AsyncGenerator<{ text: string; line: number }> {
  let rest = '';
  let line = 1;
  for await (const piece of stream) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) yield { text, line: line++ };
    if (rest.length > longestLine)
      throw new TransferError(
        'FILE_MALFORMED',
        `Line ${line} is longer than a million characters. Put one customer in a line.`,
      );
  }
  yield { text: rest, line };
}

async function* rowsOf(stream: AsyncIterable<string>): AsyncGenerator<SourceRow> {
  for await (const { text, line } of linesOf(stream)) {
    const trimmed = text.replace(/^\ufeff/, '').trim();
    if (trimmed !== '') yield* rowsOfLine(trimmed, line);
  }
}

function* rowsOfLine(text: string, line: number): Generator<SourceRow> {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return yield { line, cells: new Map(), source: { text }, fault: `The line is no JSON: ${why}. Correct it.` };
  }
  if (!isObject(given))
    return yield { line, cells: new Map(), source: { text }, fault: 'The line is no JSON object. Write {…}.' };
  const { addresses = [], ...customer } = given;
  if (!Array.isArray(addresses) || !addresses.every(isObject))
    return yield { line, cells: new Map(), source: given, fault: '"addresses" is no list of objects. Write [{…}].' };
  yield { line, cells: cellsOf(customer), source: given, begins: true };
  // They stand in the source of the customer's row.
  for (const address of addresses as readonly JsonObject[])
    yield { line, cells: cellsOf(address, addressColumn), source: undefined };
}

const flags: Readonly<Record<string, string>> = {
  default_billing: defaultBillingColumn,
  default_shipping: defaultShippingColumn,
};
const addressColumn = (name: string): string => flags[name] ?? addressColumnOf(name);

function cellsOf(members: JsonObject, column = (name: string): string => name): ReadonlyMap<string, string | null> {
  return new Map(Object.entries(members).map(([name, value]) => [column(name), cellOf(value)]));
}

function cellOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (Array.isArray(value)) return joined(value.map(String));
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
