export type TransferErrorCode =
  /** The file is not there, is empty, or can't be read or written. */
  | 'FILE_UNREADABLE'
  | 'FILE_EMPTY'
  /** Not UTF-8. */
  | 'FILE_ENCODING'
  /** The file breaks the rules of CSV or JSON so that nobody can tell where its rows are. */
  | 'FILE_MALFORMED'
  /** A column that no customer has, or one that is missing. */
  | 'COLUMN_UNKNOWN'
  | 'COLUMN_MISSING'
  | 'WEBSITE_UNKNOWN'
  /** Another process has taken over the same import. */
  | 'IMPORT_OVERTAKEN';

/** A file that can't be exported to or imported from, as a whole. What is wrong with one row is a `Fault`. */
export class TransferError extends Error {
  override readonly name = 'TransferError';
  readonly code: TransferErrorCode;

  constructor(code: TransferErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** What is wrong with a row: where, and in a sentence what was found and what helps. */
export interface Fault {
  /** Of the file, from 1. */
  readonly line: number;
  readonly column: string | undefined;
  readonly message: string;
}

/** A value that a column does not take; the message says what was found and what it takes. */
export class ValueRefused extends Error {
  override readonly name = 'ValueRefused';
}

/** A value as a message may repeat it. */
export const quoted = (text: string): string => `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
