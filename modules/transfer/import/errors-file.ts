import { type FileHandle, open } from 'node:fs/promises';
import { csvCell, withoutGuard } from '../../framework/index.ts';
import { errorColumn, lineColumn } from '../column/names.ts';
import type { SourceRecord, SourceRow } from '../file/row.ts';
import { type Fault, TransferError } from '../transfer-error.ts';

/**
 * The rows that could not be imported, as they were, with where and why: correct them and import this file. It is in the
 * format of the file that was imported. Rows are put at a position that the progress row knows, so that a run which is
 * started again neither loses nor repeats one.
 */
export interface ErrorsFile {
  /** Bytes of these rows, header included where the file is still empty. */
  text(failures: readonly Failure[], position: number): string;
  /** Puts the text there, safely on the disk, and cuts off whatever followed. */
  put(text: string, position: number): Promise<void>;
  close(): Promise<void>;
}

/** A record that could not be imported. */
export interface Failure {
  readonly record: SourceRecord;
  readonly faults: readonly Fault[];
}

const forgets: ErrorsFile = { text: () => '', put: async () => {}, close: async () => {} };

/** Opens the file, which only its owner may read: it holds customers. @throws TransferError `FILE_UNREADABLE` */
export async function openErrors(
  path: string | undefined,
  columns: readonly string[] | undefined,
  delimiter: string,
): Promise<ErrorsFile> {
  if (path === undefined) return forgets;
  const file = await opened(path);
  const written = columns?.filter((name) => name !== lineColumn && name !== errorColumn);
  return {
    text(failures, position) {
      if (failures.length === 0) return '';
      const head = position === 0 && written ? line([...written, lineColumn, errorColumn], delimiter) : '';
      return head + failures.map((failure) => rowsOf(failure, columns, delimiter)).join('');
    },
    async put(text, position) {
      const bytes = Buffer.from(text);
      await file.truncate(position);
      if (bytes.length === 0) return;
      await file.write(bytes, 0, bytes.length, position);
      await file.datasync();
    },
    close: () => file.close(),
  };
}

async function opened(path: string): Promise<FileHandle> {
  try {
    // Not truncated: an import that goes on keeps what it had written.
    await (await open(path, 'a', 0o600)).close();
    return await open(path, 'r+');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new TransferError(
      'FILE_UNREADABLE',
      `The file of errors ${path} can't be written: ${why}. Give another path.`,
    );
  }
}

const line = (cells: readonly (string | number)[], delimiter: string): string =>
  `${cells.map(csvCell).join(delimiter)}\r\n`;

function rowsOf({ record, faults }: Failure, columns: readonly string[] | undefined, delimiter: string): string {
  return record.rows
    .map((row) => {
      const own = faults.filter((fault) => fault.line === row.line);
      // A further address is handed back with its customer, though nothing is wrong with it.
      const message = own.map(({ column, message }) => (column === undefined ? message : `${column}: ${message}`));
      return columns === undefined ? jsonRow(row, message) : csvRow(row, columns, message.join(' '), delimiter);
    })
    .join('');
}

function csvRow(
  { line: at, source }: SourceRow,
  columns: readonly string[],
  message: string,
  delimiter: string,
): string {
  const given = Array.isArray(source) ? (source as readonly string[]) : [];
  const cells = columns
    .map((name, index) => ({ name, cell: given[index] ?? '' }))
    .filter(({ name }) => name !== lineColumn && name !== errorColumn)
    .map(({ cell }) => csvCell(withoutGuard(cell)));
  return `${[...cells, csvCell(at), csvCell(message)].join(delimiter)}\r\n`;
}

const jsonRow = ({ line: at, source }: SourceRow, messages: readonly string[]): string =>
  source === undefined ? '' : `${JSON.stringify({ ...source, [lineColumn]: at, [errorColumn]: messages.join(' ') })}\n`;
