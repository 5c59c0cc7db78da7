import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import { withoutGuard } from '../../framework/index.ts';
import { emptyValue } from '../column/names.ts';
import { TransferError } from '../transfer-error.ts';
import type { SourceFile, SourceRow } from './row.ts';
import type { FileSurvey } from './survey.ts';

/** Longer than any customer; a quote that is never closed would swallow the file otherwise. */
const longestRecord = 1_000_000;
const mostColumns = 1_000;

/**
 * Opens a CSV (RFC 4180, with or without a byte order mark, lines ending as they like) and reads the names of its columns.
 *
 * @throws TransferError `FILE_MALFORMED`, here and while it is read
 */
export async function openCsv({ path, delimiter }: FileSurvey): Promise<SourceFile> {
  const stream = createReadStream(path);
  const parser = parse({
    bom: true,
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: longestRecord,
  });
  stream.on('error', (error) => parser.destroy(error));
  stream.pipe(parser);
  const records = parser[Symbol.asyncIterator]() as AsyncIterator<readonly string[]>;
  const first = await next(records);
  const columns = (first ?? []).map((name) => withoutGuard(name).trim());
  checkNames(path, columns);
  return { columns, rows: rowsOf(records, columns, 1 + linesOf(first ?? [])), bytesRead: () => stream.bytesRead };
}

function checkNames(path: string, columns: readonly string[]): void {
  if (columns.length > mostColumns)
    throw malformed(`Its first line has ${columns.length} columns, and at most ${mostColumns} are read.`);
  const unnamed = columns.indexOf('');
  if (unnamed >= 0)
    throw malformed(`Column ${unnamed + 1} of ${path} has no name. Name it in the first line, or take the column out.`);
  const twice = columns.find((name, at) => columns.indexOf(name) !== at);
  if (twice !== undefined)
    throw malformed(`The column "${twice}" stands twice in the first line. Take one of them out.`);
}

async function next(records: AsyncIterator<readonly string[]>): Promise<readonly string[] | undefined> {
  try {
    const { done, value } = await records.next();
    return done === true ? undefined : value;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { code, lines } = error as CsvError & { lines?: number };
    const at = lines === undefined ? '' : `Line ${lines}: `;
    const what = words[code] ?? error.message;
    throw malformed(`${at}${what} Correct the file and import it again; what was imported stays.`);
  }
}

const words: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark is opened and never closed.',
  CSV_INVALID_CLOSING_QUOTE: 'behind a closing quotation mark stands something else than the end of the cell.',
  INVALID_OPENING_QUOTE: 'a quotation mark stands inside a cell that does not begin with one.',
  CSV_MAX_RECORD_SIZE: 'a row is longer than a million characters; perhaps a quotation mark is not closed.',
};

const malformed = (message: string): TransferError => new TransferError('FILE_MALFORMED', message);

/** How many lines a row takes. The parser's own count takes CR LF within a cell for two. */
function linesOf(record: readonly string[]): number {
  let lines = 1;
  for (const cell of record) if (/[\r\n]/.test(cell)) lines += cell.split(/\r\n|\r|\n/).length - 1;
  return lines;
}

async function* rowsOf(
  records: AsyncIterator<readonly string[]>,
  columns: readonly string[],
  firstLine: number,
): AsyncGenerator<SourceRow> {
  let line = firstLine;
  for (;;) {
    const record = await next(records);
    if (record === undefined) return;
    // Spreadsheets leave lines of empty cells behind.
    if (record.some((cell) => cell !== '')) yield rowOf(record, columns, line);
    line += linesOf(record);
  }
}

function rowOf(record: readonly string[], columns: readonly string[], line: number): SourceRow {
  if (record.length !== columns.length) {
    const fault = `The row has ${record.length} cells, and the first line ${columns.length}. Put in what is missing, or quote a cell that has the delimiter in it.`;
    return { line, cells: new Map(), source: record, fault };
  }
  const cells = new Map<string, string | null>();
  for (const [at, name] of columns.entries()) {
    const cell = record[at] ?? '';
    if (cell !== '') cells.set(name, cell === emptyValue ? null : withoutGuard(cell));
  }
  return { line, cells, source: record };
}
