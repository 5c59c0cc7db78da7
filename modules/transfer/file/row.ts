/** One row of a file, whatever its format. */
export interface SourceRow {
  /** Where it begins, from 1. */
  readonly line: number;
  /** What it says, by column: null clears, and what is not said is left alone. */
  readonly cells: ReadonlyMap<string, string | null>;
  /** The row as it was, for the file of errors: the cells of a CSV, the object of a line of JSON. */
  readonly source: readonly string[] | Readonly<Record<string, unknown>> | undefined;
  /** It begins a customer whatever it says, because the format tells. */
  readonly begins?: boolean;
  /** Why it can't be read at all. */
  readonly fault?: string;
}

/** A customer in a file: its row, and rows below with further addresses. */
export interface SourceRecord {
  readonly line: number;
  /** The number of the record, from 1. */
  readonly number: number;
  readonly rows: readonly SourceRow[];
  /** Rows of addresses without a customer above them. */
  readonly orphaned: boolean;
}

/** A file as it is read. */
export interface SourceFile {
  /** Of a CSV: the names in its first line. */
  readonly columns: readonly string[] | undefined;
  readonly rows: AsyncIterable<SourceRow>;
  /** How many bytes were taken so far. */
  bytesRead(): number;
}

/** More addresses than that are a file gone wrong. */
const mostRows = 1000;

const says = (row: SourceRow, column: string): boolean => (row.cells.get(column) ?? '').trim() !== '';

/** Puts rows together: as in Magento's format, a row without an e-mail belongs to the customer above it. */
export async function* recordsOf(rows: AsyncIterable<SourceRow>): AsyncGenerator<SourceRecord> {
  let number = 0;
  let pending: SourceRow[] = [];
  let begun = false;
  const record = (): SourceRecord => {
    number += 1;
    return { line: pending[0]?.line ?? 0, number, rows: pending, orphaned: !begun };
  };
  for await (const row of rows) {
    const begins = row.begins === true || row.fault !== undefined || says(row, 'email') || says(row, 'entity_id');
    if ((begins || pending.length >= mostRows) && pending.length > 0) {
      yield record();
      pending = [];
    }
    if (pending.length === 0) begun = begins;
    pending.push(row);
    // What hangs below a row that can't be read has lost its customer.
    if (row.fault !== undefined) {
      yield record();
      pending = [];
    }
  }
  if (pending.length > 0) yield record();
}
