import type { FileFormat } from '../file/survey.ts';

/** What an import is asked to do. */
export interface ImportOptions {
  readonly file: string;
  /** Told by the file's name and beginning unless given. */
  readonly format?: FileFormat | undefined;
  /** Where rows belong that name no website. */
  readonly websiteId?: number | undefined;
  readonly only?: 'create' | 'update' | undefined;
  /** Changes customers too that an identity provider manages. */
  readonly managed: boolean;
  /** Takes the column `password_hash`. */
  readonly passwordHashes: boolean;
  /** Columns that are passed over. */
  readonly ignored: ReadonlySet<string>;
  readonly dryRun: boolean;
  /** Where rows go that can't be imported. */
  readonly errors?: string | undefined;
  /** Begins at the first row, even where an import of this file was interrupted. */
  readonly restart: boolean;
  /** Customers in a transaction. */
  readonly batch: number;
  /** Who asked: a command, an administrator. */
  readonly actor: string;
  /** What the record calls the file. */
  readonly name: string;
}

/** How many customers it went so with. */
export interface ImportCounts {
  readonly records: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly failed: number;
}

export const noCounts: ImportCounts = { records: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 };
